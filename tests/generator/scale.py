"""Judge one manifest and print what it took: run in a process of its own, so that it is its own."""

import json
import sys
import time
from pathlib import Path

from generator.cli import _print_findings
from generator.pipeline import examine
from tests.generator.memory import peak_mib

if __name__ == "__main__":
    examined = examine(Path(sys.argv[1]))
    _print_findings(examined.findings, examined.source.text, "text")
    report = {
        "rules": sorted({finding.rule for finding in examined.findings}),
        "valid": examined.manifest is not None,
        "seconds": round(time.process_time(), 1),
        "mib": peak_mib(),
    }
    print(json.dumps(report))  # noqa: T201 - its answer

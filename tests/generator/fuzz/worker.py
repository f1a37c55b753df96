"""Run mutants through the command line, in this process, and say what went wrong with any.

`python -m tests.generator.fuzz.worker SEED FIRST END PROGRESS` runs those numbers and prints one
JSON object; the number at work stands in the file PROGRESS.
`python -m tests.generator.fuzz.worker SEED NUMBER` writes that mutant to its standard output.
"""

import contextlib
import faulthandler
import io
import json
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from generator.cli import main as command_line
from generator.rules.run import all_facts
from tests.generator.fuzz.mutate import corpus, mutant
from tests.generator.memory import peak_mib

LONGEST_SECONDS = 5.0
"""Of this process: what else runs on the machine is not the mutant's fault."""

LARGEST_MIB = 500
_HANGING_SECONDS = 600
"""After this the process ends itself with a traceback; its parent names the mutant."""

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What YAML counts as the end of a line."""

RULES = frozenset(fact.id for fact in all_facts())

_FORMATS = ("text", "json", "github")
_TOLD = 20


def run(path: Path, form: str) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error of `validate` on a file."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            arguments = ["validate", "--manifest", str(path), "--format", form]
            command_line.main(arguments, standalone_mode=False)
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
    return status, out.getvalue(), err.getvalue()


def complaint(text: bytes, form: str, result: tuple[int, str, str]) -> str:
    """Return what is wrong with the answer to a mutant; nothing if it is as promised."""
    status, out, err = result
    if status not in {0, 2}:
        return f"exit status {status}"
    if form == "json":
        findings = json.loads(out)
        lines = len(_BREAK.split(text.decode("utf-8", "replace")))
        for finding in findings:
            if finding["rule"] not in RULES:
                return f"a finding of no rule: {finding}"
            if not (1 <= finding["line"] <= lines and finding["column"] >= 1):
                return f"a finding outside the file: {finding}"
        told = any(finding["severity"] == "error" for finding in findings)
    elif form == "github":
        told = "::error " in out
    else:
        told = ": error[" in err
    if told != (status == 2):
        return f"exit status {status} and {'an' if told else 'no'} error told"
    return ""


def judge(seed: str, number: int, seeds: list[bytes], folder: Path) -> tuple[int, float, str]:
    """Return the exit status for one mutant, the seconds it took, and what was wrong."""
    text = mutant(seed, number, seeds)
    path = folder / "jobs.yaml"
    path.write_bytes(text)
    form = _FORMATS[number % len(_FORMATS)]
    faulthandler.dump_traceback_later(_HANGING_SECONDS, exit=True)
    began = time.process_time()
    try:
        result = run(path, form)
        status, wrong = result[0], complaint(text, form, result)
    except Exception:  # noqa: BLE001 - that none is raised is what is tested
        status, wrong = -1, traceback.format_exc()
    seconds = time.process_time() - began
    faulthandler.cancel_dump_traceback_later()
    if seconds > LONGEST_SECONDS:
        wrong = wrong or f"took {seconds:.1f} s"
    return status, seconds, wrong


def main(seed: str, first: int, end: int, progress: Path) -> dict[str, Any]:
    """Run a range of mutants and return the summary."""
    seeds = corpus()
    statuses: Counter[int] = Counter()
    wrongs: list[dict[str, Any]] = []
    slowest = (0.0, -1)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, end):
            progress.write_text(str(number), "utf-8")
            status, seconds, wrong = judge(seed, number, seeds, Path(folder))
            statuses[status] += 1
            slowest = max(slowest, (seconds, number))
            if wrong and len(wrongs) < _TOLD:
                wrongs.append({"number": number, "wrong": wrong})
    return {
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "slowest_seconds": round(slowest[0], 2),
        "slowest_number": slowest[1],
        "peak_mib": peak_mib(),
        "wrong": wrongs,
    }


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.buffer.write(mutant(sys.argv[1], int(sys.argv[2]), corpus()))
    else:
        _, seed_, first_, end_, progress_ = sys.argv
        json.dump(main(seed_, int(first_), int(end_), Path(progress_)), sys.stdout)

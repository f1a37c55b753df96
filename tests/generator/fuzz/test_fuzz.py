"""Whatever is in the file: exit 0 or 2 with a diagnostic, soon and in little memory."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from tests.chance import SEED, count
from tests.figures import say
from tests.generator.fuzz.mutate import ROOT
from tests.generator.fuzz.worker import LARGEST_MIB, LONGEST_SECONDS

pytestmark = [pytest.mark.drawn, pytest.mark.fuzz]

MUTANTS = count("FUZZ_MUTANTS", 2_000, 20_000)
PROCESSES = 2
# A process keeps what it cached and what its heap left in holes, which no command line does that
# reads one manifest: short shares measure the manifests.
SHARES = 8


def test_no_mutant_breaks_the_command_line(tmp_path: Path) -> None:
    """All mutants are each judged within five seconds and 500 MiB."""
    replay = f"python -m tests.generator.fuzz.worker {SEED} NUMBER"
    bounds = [MUTANTS * share // SHARES for share in range(SHARES + 1)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(lambda share: _judge(share, tmp_path), pairwise(bounds)))
    summaries = []
    for process, progress in done:
        assert process.returncode == 0, (
            f"died at {replay.replace('NUMBER', progress.read_text())}\n{process.stderr}"
        )
        summaries.append(json.loads(process.stdout))
    statuses: dict[str, int] = {}
    for summary in summaries:
        for status, share in summary["statuses"].items():
            statuses[status] = statuses.get(status, 0) + share
    slowest = max(summary["slowest_seconds"] for summary in summaries)
    peak = max(summary["peak_mib"] for summary in summaries)
    say(
        f"fuzz: {MUTANTS} mutants of seed {SEED}, exit statuses {statuses}, "
        f"slowest {slowest} s, peak {peak} MiB"
    )

    wrong = [entry for summary in summaries for entry in summary["wrong"]]
    assert not wrong, f"{replay}\n" + "\n".join(f"{w['number']}: {w['wrong']}" for w in wrong)
    assert sum(statuses.values()) == MUTANTS
    assert set(statuses) == {"0", "2"}
    assert slowest <= LONGEST_SECONDS
    assert peak <= LARGEST_MIB


def _judge(share: tuple[int, int], folder: Path) -> "tuple[subprocess.CompletedProcess[str], Path]":
    first, end = map(str, share)
    progress = folder / first
    command = [sys.executable, "-m", "tests.generator.fuzz.worker", str(SEED), first, end]
    done = subprocess.run(
        [*command, str(progress)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done, progress

"""What each verb loads and reads: counts, which say on any machine whether it got slower."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.remembered import PLACE

ROOT = Path(__file__).parents[2]

_COUNT = """
import collections, json, os, sys
reads = collections.Counter()

def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        reads[arguments[0]] += 1

sys.addaudithook(hook)
from generator.cli import main
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
read = {
    name: times
    for name, times in reads.items()
    if name.endswith("jobs.yaml")
    or not (os.path.isabs(name) or name.endswith((".py", ".pyc")))
}
json.dump([sorted(sys.modules), read], sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """What a verb may cost.

    Attributes:
        without: Packages that it does not load.
        modules: Most modules of the generator's own that it loads.
        files: Most files that it reads, None for as many as there are.
        times: Most times that it reads any of them.
    """

    without: frozenset[str]
    modules: int
    files: int | None
    times: int


_ALL = frozenset({"pydantic", "jinja2", "boto3", "jsonschema", "rich", "hcl2"})
_RARE = _ALL - {"pydantic", "jinja2"}

COSTS = {
    ("--help",): Cost(_ALL | {"yaml"}, 40, 0, 0),
    ("validate", "--manifest", "BROKEN"): Cost(_ALL, 20, 1, 1),
    ("validate",): Cost(_ALL - {"pydantic"}, 115, 33, 1),
    ("check",): Cost(_ALL | {"yaml"}, 5, None, 1),
    ("check", "ANEW"): Cost(_RARE, 200, None, 5),
}
"""A tenth more than today: whoever needs more says so here."""


@pytest.mark.parametrize("verb", COSTS, ids=" ".join)
def test_a_verb_loads_and_reads_no_more_than_it_needs(
    verb: tuple[str, ...], tmp_path: Path
) -> None:
    """Neither libraries for other verbs, nor a file again and again.

    It is the second run that counts: the first after a change of the modules keeps what it read.
    """
    broken = tmp_path / "jobs.yaml"
    broken.write_text("version: 1\nproject: [\n")
    arguments = [str(broken) if word == "BROKEN" else word for word in verb if word != "ANEW"]
    for _ in range(2):
        if "ANEW" in verb:
            (ROOT / PLACE).unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", _COUNT, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    modules, read = json.loads(done.stderr.splitlines()[-1])
    cost = COSTS[verb]

    loaded = {name.partition(".")[0] for name in modules}
    assert loaded & cost.without == set()
    own = [name for name in modules if name.partition(".")[0] == "generator"]
    assert 0 < len(own) <= cost.modules
    assert cost.files is None or len(read) <= cost.files, read
    often = {name: times for name, times in read.items() if times > cost.times}
    assert often == {}

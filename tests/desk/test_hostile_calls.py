"""Whatever is typed: words, never a traceback; against the simulator, by the verbs themselves."""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from envs.cli.main import main
from envs.desk import plans
from envs.desk.commands import common
from envs.desk.edits import Edit
from envs.desk.errors import DeskError
from tests.chance import count, drawer
from tests.desk import worlds
from tests.desk.test_command_line import verbs
from tests.repo.tracked import ROOT
from tests.simulator.sample import JOB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASKED = ("send", "runs", "show", "dlq list", "dlq plan", "dlq apply", "dlq log", "schedule next")
"""Verbs that need no more of AWS than the simulator has: queues, records and schedules."""

ODD = (
    *("", " ", "-", "--", "-1", "0", "1", "99999999999999999999", "1e400", "nan", "inf", "-0.0"),
    *("1h", "0s", "400d", "9999999999d", "٣s", "1.5h", "true", "null", "None", JOB, f"{JOB} "),
    *("../..", ".", "/", "@", "@.", "@/nowhere/at/all", "nowhere.plan", "a" * 3_000, "💥", "--x=y"),
    *("\udce9", "%s{0}", "$(id)", "a=b", "name=", "=", "name=\udce9", "fails=1e999"),
    *("{}", "[]", "{", '{"name": 1}', '{"name": "n"}', '{"name": "\\ud800"}', "NaN"),
    *(f'{{"fails": {"9" * 5_000}}}', f"fails={'9' * 5_000}", "[" * 50_000),
    *("json:loads", "os:sep", "nowhere:fix", "handlers", ":", "a:b:c", "..a:b", "this:nothing"),
)
"""What people type by mistake, and what a shell makes of it."""

NOW = dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)
_LETTER = plans.Planned("m-1", "j-1", "b" * 64, "", "a91f3c20", "send", "")
_PLAN = plans.Plan(
    id="56d2a68c02f4",
    project="shop",
    environment="dev",
    account_id="0" * 12,
    job=JOB,
    action="replay",
    force=False,
    edit=Edit({"name": "n"}),
    why="back",
    by="anna",
    made=NOW.isoformat(),
    expires=NOW.isoformat(),
    rate=5.0,
    stop_after=3,
    complete=True,
    letters=(_LETTER, _LETTER),
)
FITTING = {
    "send": ["send", JOB, "--name", "n"],
    "show": ["show", "some-id"],
    "dlq plan": ["dlq", "plan", JOB, "--replay", "--why", "back"],
    "dlq apply": ["dlq", "apply", "nowhere.plan"],
}
_MOST = count("HOSTILE_CALLS", 300, 5_000)


def calls() -> list[list[str]]:
    """Return every call with one odd word in it: an argument, or the value of one option."""
    found = []
    known = dict(verbs())
    for name in ASKED:
        begun = FITTING.get(name, name.split())
        for parameter in known[name].params:
            flag = getattr(parameter, "is_flag", False)
            if parameter.name in {"environment", "root"} or flag:
                continue
            argument = isinstance(parameter, click.Argument)
            words = begun[: len(name.split())] if argument else [*begun, parameter.opts[0]]
            found += [[*words, odd] for odd in ODD]
    return found


def test_whatever_is_typed_is_answered_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A status of the three, something said wherever it is not 0, and no value that must hide."""
    monkeypatch.chdir(tmp_path)
    every = calls()
    assert len(every) > 1_000
    with worlds.world_of_letters(7, hopeless=2, failing=2) as (_, _, place):
        monkeypatch.setattr(common, "open_place", lambda _root, _environment: place)
        for words in drawer(__name__).sample(every, min(_MOST, len(every))):
            result = CliRunner().invoke(main, words)
            shown = [word[:60] for word in words]
            assert result.exception is None or isinstance(result.exception, SystemExit), shown
            assert result.exit_code in {0, 1, 2}, shown
            assert result.output.strip() or result.exit_code == 0, shown
            assert worlds.SECRET not in result.output, shown


def _nothing(root: Path) -> None:
    """Leave the folder empty."""


def _bytes(root: Path) -> None:
    (root / "jobs.yaml").write_bytes(b"\xff\xfe\x00\x01")


def _folder(root: Path) -> None:
    (root / "jobs.yaml").mkdir()


def _no_folder(root: Path) -> None:
    shutil.copy(ROOT / "jobs.yaml", root)
    (root / ".local").write_text("a file where a folder should be", encoding="utf-8")


def _another_process(root: Path) -> None:
    """Describe an emulator that has ended, and whose number another process has."""
    shutil.copy(ROOT / "jobs.yaml", root)
    (root / ".local/run").mkdir(parents=True)
    facts = {"name": "emulator", "pid": os.getpid(), "birth": "1", "log": "", "facts": {}}
    (root / ".local/run/emulator.json").write_text(json.dumps(facts), encoding="utf-8")


TYPED = (
    *("send cache-warming --section home", "runs", "show ID", "logs", "dlq", "dlq log", "states"),
    *("dlq plan cache-warming --replay --why x", "dlq apply x.plan", "schedule run hourly"),
    *("schedule next", "pause cache-warming --for 1h --why x", "resume cache-warming", "console"),
    *("drain cache-warming", "retire cache-warming", "drift", "live"),
)
"""Each verb of the desk, as it would be typed."""


@pytest.mark.parametrize("broken", [_nothing, _bytes, _folder, _no_folder, _another_process])
def test_where_nothing_runs_every_verb_says_so(
    broken: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing, and what starts it; some of the verbs in each broken tree."""
    broken(tmp_path)
    monkeypatch.chdir(tmp_path)
    chance = drawer(f"{__name__} {broken.__name__}")
    for line in chance.sample(TYPED, count("BROKEN_TREE_CALLS", 6, len(TYPED))):
        result = CliRunner().invoke(main, line.split())

        assert isinstance(result.exception, SystemExit), (line, result.exc_info)
        assert result.exit_code == 2, line
        assert result.output.startswith("error"), (line, result.output)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@given(st.data())
def test_a_plan_that_somebody_changed_is_carried_out_or_told(data: st.DataObject) -> None:
    """Any one value of it replaced by any other: it is read as a whole plan, or refused."""
    document = json.loads(json.dumps(_PLAN.as_data()))
    place = data.draw(st.sampled_from(sorted(_places(document), key=repr)))
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = data.draw(_VALUES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "changed.plan"
        path.write_text(json.dumps(document), encoding="utf-8")
        try:
            read = plans.read(path)
        except DeskError:
            return

    assert 0 <= read.seconds < math.inf
    assert isinstance(dt.datetime.fromisoformat(read.expires) - NOW, dt.timedelta)
    assert sum(read.verdicts.values()) == len(read.letters)


def _places(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    """Yield the way to each value of a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, one in inner:
        yield (*path, name)
        if isinstance(one, dict | list):
            yield from _places(one, *path, name)

"""Which tests get to a mistake is measured, who fails is told, and what is known is asked first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.mutation import __main__ as mutation
from tests.mutation.known import Known
from tests.mutation.reach import LIBRARY, reaching
from tests.mutation.trial import ENDLESS, first_failing

FILE = "tests/runtime/test_backoff.py"
MODULE = LIBRARY / "core" / "backoff.py"


def test_a_mistake_is_shown_to_the_tests_that_get_there(tmp_path: Path) -> None:
    """Traced for real: the tests of one file run lines of the module, and notice mistakes there."""
    path = tmp_path / "reach.json"
    assert mutation.traced([FILE], path) == 0
    reached: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    mutants = [each for each in mutation.all_mutants() if each.path == MODULE]
    doubling = next(each for each in mutants if each.site.function == "longest_wait")
    surely, maybe = reaching(reached, MODULE, doubling.site)
    unseen = next(each for each in mutants if each.site.function == "outage_wait")

    assert f"{FILE}::test_bound_doubles_up_to_the_cap" in surely
    assert set(surely) | set(maybe) == {name for name, test in reached.items() if test["lines"]}
    assert reaching(reached, MODULE, unseen.site)[0] == []
    known = Known(tmp_path / "tried.jsonl", "state")
    assert mutation.noticed([doubling, unseen], reached, known) == [unseen]
    assert str(known.now(str(doubling))).startswith(FILE)
    assert known.now(str(unseen)) == ""


def test_what_runs_in_the_threads_of_the_simulator_is_seen(tmp_path: Path) -> None:
    """They are started without `threading`."""
    path = tmp_path / "reach.json"
    assert mutation.traced(["tests/simulator/test_schedules.py"], path) == 0
    reached: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    seen = {Path(file).name for test in reached.values() for file in test["lines"]}

    assert {"entry.py", "attempt.py", "claim.py", "overlap.py"} <= seen


def test_tests_that_never_end_have_noticed() -> None:
    """Whoever waits for them has."""
    assert first_failing(None, [FILE], 10, 0.01) == ENDLESS


def test_who_noticed_before_a_change_is_asked_first(tmp_path: Path) -> None:
    """And within one state nobody is asked twice."""
    path = tmp_path / "tried.jsonl"
    first = Known(path, "a")
    first.keep("one", "test_x")
    first.keep("other", "")

    assert (Known(path, "a").now("one"), Known(path, "a").now("other")) == ("test_x", "")
    after = Known(path, "b")
    assert (after.now("one"), after.before("one"), after.before("other")) == (None, "test_x", "")
    mutant = mutation.all_mutants()[0]
    reached = {"test_x": {"seconds": 1, "processes": 0, "lines": {}}}
    assert mutation.rounds(mutant, reached, "test_x")[0] == (["test_x"], None)
    assert mutation.rounds(mutant, reached, "test_y")[0] == ([], mutation.QUICK_EXAMPLES)

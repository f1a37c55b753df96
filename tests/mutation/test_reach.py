"""Which tests get to a mistake is measured, and a run that was ended goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.mutation import __main__ as mutation
from tests.mutation.operators import function_of
from tests.mutation.reach import LIBRARY, reaching

TEST = "tests/runtime/test_backoff.py::test_bound_doubles_up_to_the_cap"
MODULE = Path(LIBRARY) / "core" / "backoff.py"

SOURCE = """\
import math

@cache
def f(a):
    if a:
        def g():
            return 1
        return g
    return 2

X = f(3)
"""


def test_the_innermost_function_is_found() -> None:
    """Its decorators are no part of what runs in it; what stands in none is the module's."""
    assert function_of(SOURCE, 7) == (6, 7)
    assert function_of(SOURCE, 9) == (3, 9)
    assert function_of(SOURCE, 4) == (1, 12)
    assert function_of(SOURCE, 11) == (1, 12)


def test_a_mistake_is_shown_to_the_tests_that_get_there(tmp_path: Path) -> None:
    """Traced for real: the one test calls one function, and notices a mistake in it alone."""
    path = tmp_path / "reach.json"
    own = {"REACH": str(path)}
    assert mutation.run([TEST], ["tests.mutation.reach"], own, 300) == 0
    reached: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lines = MODULE.read_text(encoding="utf-8").splitlines()
    inside = next(n for n, line in enumerate(lines, 1) if "base * 2 **" in line)
    elsewhere = next(n for n, line in enumerate(lines, 1) if "random.uniform(0, bound)" in line)

    assert reaching(reached, MODULE, inside) == [TEST]
    assert reaching(reached, MODULE, elsewhere) == []
    mutants = [each for each in mutation.all_mutants() if each.module.endswith("core.backoff")]
    noticed = next(m for m in mutants if m.site.line == inside and "Mult" in m.site.what)
    unseen = next(m for m in mutants if m.site.line == elsewhere)
    assert mutation.noticed(noticed, reached)
    assert not mutation.noticed(unseen, reached)


def test_answers_are_kept_and_asked_for_once(tmp_path: Path) -> None:
    """Until the library changes."""
    path = tmp_path / "tried.jsonl"
    one, other = mutation.all_mutants()[:2]
    first = mutation.Tried(path)
    assert first.answer(one, lambda: True)
    assert not first.answer(other, lambda: False)

    again = mutation.Tried(path)
    assert (again.answer(one, lambda: False), again.answer(other, lambda: True)) == (True, False)
    path.write_text(path.read_text(encoding="utf-8").replace('"library": "', '"library": "x'))
    assert mutation.Tried(path).known == {}

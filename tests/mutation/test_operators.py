"""Every mistake that can be made is a change, at its line, that still is a program."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.__main__ import all_mutants
from tests.mutation.operators import mutated, sites
from tests.mutation.reasons import REASONS

SOURCE = '''\
def f(a, b):
    """Text of 3 words."""
    if a < b and b:
        g(a + 1)
    return a if a in b else True
'''


def test_sites_are_found_and_each_changes_the_program() -> None:
    """A docstring is no site; two sites never make the same program."""
    found = sites(SOURCE)
    made = {ast.unparse(mutated(SOURCE, site.number)) for site in found}

    told = sorted((site.lines[0], site.what) for site in found)
    assert told == [
        (3, "Lt is LtE"),
        (3, "and is or"),
        (3, "the condition is negated"),
        (4, "1 is 2"),
        (4, "Add is undone"),
        (4, "the call is left out"),
        (5, "In is NotIn"),
        (5, "True is False"),
        (5, "nothing is returned"),
        (5, "the condition is negated"),
    ]
    assert len(made | {ast.unparse(ast.parse(SOURCE))}) == len(found) + 1


def test_library_holds_enough_of_them() -> None:
    """The sample of two hundred is one; nothing of `testing` is in it."""
    found = all_mutants()

    assert len(found) > 500
    assert not any("testing" in mutant.module for mutant in found)
    for mutant in found[:: len(found) // 50]:
        assert str(mutant).startswith("clarivum_jobs.")


@pytest.mark.parametrize("number", range(10))
def test_mutated_source_compiles(number: int) -> None:
    """No change breaks the grammar."""
    compile(mutated(SOURCE, number), "f.py", "exec")


MOVED = """\
LIMIT = 3


class Queue:
    size: int = 4

    @cache
    def take(self, most=5):
        if self.size > 1 and (
            most > 1
        ):
            return 1
        return [
            1 for _ in range(1)
        ]
"""


def test_a_site_is_named_by_what_stands_there() -> None:
    """Lines may move; what reads the same is counted; its lines are those that run."""
    found = {str(site): site for site in sites(MOVED)}

    assert set(map(str, sites("\n\n# a comment\n" + MOVED))) == set(found)
    assert found["Queue.take: return [1 for _ in range(1)] | 1 is 2"].lines == (13, 15)
    assert found["Queue.take: return [1 for _ in range(1)] | 1 is 2 (2)"].lines == (13, 15)
    assert found["Queue.take: if self.size > 1 and most > 1: | 1 is 2"].lines == (9, 11)
    at_import = {name for name, site in found.items() if site.at_import}
    assert at_import == {
        ": LIMIT = 3 | 3 is 4",
        "Queue: size: int = 4 | 4 is 5",
        "Queue: def take(self, most=5): | 5 is 6",
    }


def test_reasons_name_mistakes_that_there_are() -> None:
    """One whose statement has changed is to be looked at again."""
    assert set(REASONS) <= {str(mutant) for mutant in all_mutants()}

"""Every mistake that can be made is a change, at its line, that still is a program."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.__main__ import all_mutants
from tests.mutation.operators import mutated, sites

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

    assert [(site.line, site.what) for site in sorted(found, key=lambda s: (s.line, s.what))] == [
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

"""Terraform's functions whose arguments may go wrong: `can` and `try`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Ways = Sequence[Callable[[], Any]]
"""How to work each argument out."""

_WRONG = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What an expression raises where Terraform would tell an error."""


def _can(ways: Ways) -> bool:
    try:
        ways[0]()
    except _WRONG:
        return False
    return True


def _try(ways: Ways) -> Any:  # noqa: ANN401 - whatever the first that goes well returns
    for way in ways[:-1]:
        try:
            return way()
        except _WRONG:
            continue
    return ways[-1]()


FORGIVING: Mapping[str, Callable[[Ways], Any]] = {"can": _can, "try": _try}

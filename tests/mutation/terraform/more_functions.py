"""Functions of Terraform that modules use in validations, and their tests in assertions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.terraform.functions import FUNCTIONS as OF_THE_MODULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _regex(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        message = f"{text!r} is not {pattern}"
        raise ValueError(message)
    return found.group()


def _keys(mapping: Mapping[str, Any]) -> list[str]:
    if not hasattr(mapping, "keys"):
        message = f"{mapping!r} has no keys"
        raise TypeError(message)
    return sorted(mapping)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **OF_THE_MODULES,
    "anytrue": any,
    "keys": _keys,
    "lower": str.lower,
    "regex": _regex,
    "setintersection": lambda one, *more: sorted(set(one).intersection(*more)),
    "strcontains": lambda text, part: part in text,
    "tolist": list,
    "tomap": dict,
    "tonumber": float,
    "toset": lambda values: OF_THE_MODULES["distinct"](sorted(values, key=repr)),
}

"""Decides as IAM does whether the policy of an identity allows one request.

IAM user guide: policy evaluation logic, condition operators, multivalued context keys. An element
or an operator that is not known here is an error, never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Values = Sequence[str]


@dataclass(frozen=True)
class Request:
    """One call.

    Attributes:
        action: As policies write it, such as `sqs:SendMessage`.
        resource: ARN of what it acts on.
        context: Values of the condition keys that the service sends along; absent if it does not.
    """

    action: str
    resource: str
    context: Mapping[str, Values] = field(default_factory=dict)


def allows(policy: Mapping[str, Any], request: Request) -> bool:
    """Whether the policy allows the request: some statement does, and none denies it."""
    effects = {s["Effect"] for s in policy["Statement"] if _applies(s, request)}
    return effects == {"Allow"}


def _applies(statement: Mapping[str, Any], request: Request) -> bool:
    unknown = statement.keys() - {"Sid", "Effect", "Action", "Resource", "Condition"}
    assert not unknown, f"{unknown} is not evaluated here"
    return (
        any(_like(a.lower(), request.action.lower()) for a in _listed(statement["Action"]))
        and any(_like(r, request.resource) for r in _listed(statement["Resource"]))
        and all(
            _holds(operator, _listed(values), request.context.get(key))
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _like(pattern: str, text: str) -> bool:
    """Whether a text is meant by a pattern; `*` is any text, `?` any one character."""
    form = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(form, text, re.DOTALL) is not None


def _same(value: str, text: str) -> bool:
    return value == text


def _same_in_any_case(value: str, text: str) -> bool:
    return value.lower() == text.lower()


OPERATORS: Mapping[str, tuple[Callable[[str, str], bool], bool] | None] = {
    "StringEquals": (_same, True),
    "StringNotEquals": (_same, False),
    "StringEqualsIgnoreCase": (_same_in_any_case, True),
    "StringLike": (_like, True),
    "StringNotLike": (_like, False),
    "ArnEquals": (_like, True),
    "ArnLike": (_like, True),
    "ArnNotLike": (_like, False),
    "Bool": (_same_in_any_case, True),
    "Null": None,
}
"""How a value of the policy is compared with one of the request, and whether it must fit."""


def split(operator: str) -> tuple[str, str, bool]:
    """Return what stands before an operator, its name, and whether a missing key satisfies it."""
    before, _, name = operator.rpartition(":")
    return before, name.removesuffix("IfExists"), name.endswith("IfExists")


def _holds(operator: str, wanted: Values, given: Values | None) -> bool:
    quantifier, name, if_exists = split(operator)
    comparison = OPERATORS[name]
    if comparison is None:
        return _same_in_any_case(wanted[0], str(not given).lower())
    fits, positive = comparison
    if not given:
        # No value at all: every one of none fits, and a negative comparison has nothing against it.
        return if_exists or quantifier == "ForAllValues" or (not positive and not quantifier)
    each = [any(fits(value, text) for value in wanted) is positive for text in given]
    if not quantifier:
        assert len(given) == 1, f"{operator} compares one value, and the request has several"
    return any(each) if quantifier == "ForAnyValue" else all(each)


def _listed(value: str | Values) -> Values:
    return [value] if isinstance(value, str) else value

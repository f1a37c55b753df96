"""IAM's decision: what the statements of a role, and of what is reached, allow and deny."""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Statement = Mapping[str, Any]


class PolicyError(Exception):
    """A policy uses what this evaluator does not know; guessing would be worse."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something a role wants to do.

    Attributes:
        action: What, as `service:Action`.
        resource: On which ARN.
        context: Values of the condition keys that the request has.
    """

    action: str
    resource: str
    context: Mapping[str, Sequence[str]] = field(default_factory=dict)


def allowed(ask: Ask, statements: Iterable[Statement]) -> bool:
    """Whether some statement allows it and none denies it.

    Raises:
        PolicyError: A statement cannot be judged.
    """
    effects = {statement["Effect"] for statement in statements if _applies(statement, ask)}
    return "Allow" in effects and "Deny" not in effects


def _applies(statement: Statement, ask: Ask) -> bool:
    odd = statement.keys() - {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}
    if odd or statement.get("Principal", "*") != "*":
        message = f"a statement with {', '.join(sorted(odd)) or 'a principal'} is not known here"
        raise PolicyError(message)
    return (
        any(_like(action.lower(), ask.action.lower()) for action in _listed(statement["Action"]))
        and any(_like(resource, ask.resource) for resource in _listed(statement["Resource"]))
        and all(
            _holds(test, key, _listed(wanted), ask.context)
            for test, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _holds(
    test: str, key: str, wanted: Sequence[str], context: Mapping[str, Sequence[str]]
) -> bool:
    """Whether one test of a condition holds; a key that is not there fails all but a few."""
    quantity, _, name = test.rpartition(":")
    if name == "Null":
        return (key not in context) == (str(wanted[0]).lower() == "true")
    name, _, lenient = name.partition("IfExists")
    if name not in _TESTS or quantity not in {"", "ForAllValues", "ForAnyValue"} or lenient:
        message = f"the condition {test} is not known here"
        raise PolicyError(message)
    values = context.get(key)
    if values is None:
        missing_holds = test.endswith("IfExists") or name.startswith("StringNot")
        return quantity == "ForAllValues" or (missing_holds and quantity != "ForAnyValue")
    compare, negated = _TESTS[name]
    results = [any(compare(str(want), value) for want in wanted) != negated for value in values]
    return all(results) if quantity == "ForAllValues" else any(results)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - one, or a list of them
    return list(value) if isinstance(value, list | tuple) else [value]


@functools.lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    parts = (".*" if sign == "*" else "." if sign == "?" else re.escape(sign) for sign in text)
    return re.compile("".join(parts), re.DOTALL)


def _like(pattern: str, text: str) -> bool:
    return _pattern(pattern).fullmatch(text) is not None


def _equal(wanted: str, value: str) -> bool:
    return wanted == value


def _equal_in_any_case(wanted: str, value: str) -> bool:
    return wanted.lower() == value.lower()


_TESTS: Mapping[str, tuple[Callable[[str, str], bool], bool]] = {
    "StringEquals": (_equal, False),
    "StringNotEquals": (_equal, True),
    "StringEqualsIgnoreCase": (_equal_in_any_case, False),
    "StringLike": (_like, False),
    "StringNotLike": (_like, True),
    "ArnEquals": (_like, False),
    "ArnLike": (_like, False),
    "Bool": (_equal_in_any_case, False),
}
"""How values are compared, and whether the answer is turned round."""

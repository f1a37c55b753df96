"""Judges policy documents by AWS's own list of actions, resources and condition keys.

The list is the Service Authorization Reference, as policy_sentry carries it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from policy_sentry.querying.actions import get_action_data, get_actions_for_service

from tests.oracles.documents import IDENTITY, RESOURCE, TRUST, Document
from tests.oracles.evaluator import OPERATORS, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GLOBAL = frozenset(
    {"aws:PrincipalArn", "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn"}
)
"""The global condition keys in use; IAM user guide, global condition context keys."""

_KNOWN = frozenset({"Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "Condition"})


def faults(document: Document) -> Iterator[str]:
    """Yield what is wrong with a document, each with where it is."""
    sids = Counter(statement.get("Sid") for statement in document.statements)
    for number, statement in enumerate(document.statements):
        place = f"{document.place}[{statement.get('Sid', number)}]"
        if statement.get("Sid") and sids[statement["Sid"]] > 1:
            yield f"{place}: its Sid is not its own"
        for fault in _of_statement(document.kind, statement):
            yield f"{place}: {fault}"


def _of_statement(kind: str, statement: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"unknown element {name}" for name in statement.keys() - _KNOWN)
    if statement.get("Effect") not in ("Allow", "Deny"):
        yield "its Effect is neither Allow nor Deny"
    if not re.fullmatch(r"[A-Za-z0-9]*", statement.get("Sid", "")):
        yield "its Sid has other characters than letters and digits"
    if ("Principal" in statement) is (kind == IDENTITY):
        yield "an identity's policy names no principal, and every other one does"
    if ("Resource" in statement) is (kind == TRUST):
        yield "a trust policy names no resource, and every other one does"
    actions = [row for action in listed(statement, "Action") for row in _rows(action)]
    yield from (f"{name} is no action" for name in listed(statement, "Action") if not _rows(name))
    if kind != TRUST:
        yield from _of_resources(statement)
    federated = statement.get("Principal", {})
    if isinstance(federated, dict) and "Federated" in federated:
        yield from _of_tokens(statement, federated["Federated"])
        return
    yield from _of_conditions(statement, actions, kind)


def _of_resources(statement: Mapping[str, Any]) -> Iterator[str]:
    resources = listed(statement, "Resource")
    every: set[str] = set()
    for name in listed(statement, "Action"):
        formats = {row["resource_arn_format"] for row in _rows(name)} - {"*"}
        every |= formats
        if not formats and _rows(name) and resources != ["*"]:
            yield f"{name} knows no resources, so only * allows it"
        if formats and resources == ["*"]:
            yield f"{name} knows resources, and is allowed on every one"
        if formats and not any(_meets(wanted, r) for wanted in formats for r in resources):
            yield f"{name} acts on nothing that is named"
    for resource in resources:
        if resource != "*" and not any(_meets(wanted, resource) for wanted in every):
            yield f"no action acts on {resource}"


def _of_tokens(statement: Mapping[str, Any], provider: str) -> Iterator[str]:
    """IAM user guide, OIDC federation: without audience and subject any token is good."""
    host = provider.partition(":oidc-provider/")[2]
    if listed(statement, "Action") != ["sts:AssumeRoleWithWebIdentity"]:
        yield "who comes with a token takes the role by sts:AssumeRoleWithWebIdentity"
    known = statement.get("Condition", {})
    if known.keys() != {"StringEquals"} or known["StringEquals"].keys() != {
        f"{host}:aud",
        f"{host}:sub",
    }:
        yield f"tokens of {host} are told apart by aud and sub, compared as they stand"


def _of_conditions(
    statement: Mapping[str, Any], actions: list[dict[str, Any]], kind: str
) -> Iterator[str]:
    for operator, keys in statement.get("Condition", {}).items():
        if split(operator)[1] not in OPERATORS:
            yield f"{operator} is no operator"
        for key in keys:
            if key.startswith("aws:"):
                if key not in _GLOBAL:
                    yield f"{key} is no global key that is known here"
                continue
            lacking = {
                row["action"]
                for row in actions
                if kind != RESOURCE and not _has_key(row["action"], key)
            }
            yield from (f"{action} knows no {key}" for action in sorted(lacking))


def listed(statement: Mapping[str, Any], name: str) -> list[str]:
    """Return an element that may be one text or several."""
    value = statement.get(name, [])
    return [value] if isinstance(value, str) else list(value)


@cache
def _rows(action: str) -> tuple[dict[str, Any], ...]:
    """Return what AWS says of an action, or of every one that a pattern means."""
    service, _, name = action.partition(":")
    known = [name]
    if "*" in name or "?" in name:
        pattern = re.escape(name).replace(r"\*", ".*").replace(r"\?", ".")
        every = (found.partition(":")[2] for found in get_actions_for_service(service))
        known = [found for found in every if re.fullmatch(pattern, found, re.IGNORECASE)]
    rows = []
    for found in known:
        answer = get_action_data(service, found)
        rows += answer[service] if answer else []
    return tuple(rows)


def _has_key(action: str, key: str) -> bool:
    """Whether an action knows a condition key on any of its resources."""
    known = {name for row in _rows(action) for name in row["condition_keys"]}
    return any(_overlap(re.sub(r"\$\{\w+\}", "*", name), key) for name in known)


def _meets(wanted: str, resource: str) -> bool:
    """Whether some ARN is both of a form and meant by a pattern."""
    form = re.sub(r"\$\{\w+\}", "*", wanted)
    return _overlap(form, resource)


@cache
def _overlap(one: str, other: str) -> bool:
    """Whether two patterns with * and ? have a text in common."""
    if not one or not other:
        return set(one + other) <= {"*"}
    if one[0] == "*":
        return _overlap(one[1:], other) or _overlap(one, other[1:])
    if other[0] == "*":
        return _overlap(one, other[1:]) or _overlap(one[1:], other)
    return (one[0] == other[0] or "?" in (one[0], other[0])) and _overlap(one[1:], other[1:])

"""Terraform's calls, taken from its logs: without what is new each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from envs.local.engine.clients import ACCOUNT as LOCAL
from tests.modules.inventory import ACCOUNT
from tests.oracles.terraform_calls.actions import action, resource
from tests.oracles.terraform_calls.log import calls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).with_name("recorded.json")
"""What Terraform asked for when it planned, and when it applied and destroyed, an environment."""

_NEW_EACH_TIME = (
    (re.compile(rf"\b{LOCAL}\b"), ACCOUNT),
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "0"),
    (re.compile(r"(:secret:.*)-[0-9a-zA-Z]{6}$"), r"\1-AbCdEf"),
)

Recorded = dict[str, list[str]]
"""What was acted on, by action."""


def recorded(logs: Iterable[Path]) -> Recorded:
    """Return what some logs hold."""
    found: dict[str, set[str]] = {}
    for log in logs:
        for call in calls(log.read_text(encoding="utf-8")):
            found.setdefault(action(call), set()).add(_settled(resource(call)))
    return {name: sorted(found[name]) for name in sorted(found)}


def _settled(arn: str) -> str:
    for pattern, text in _NEW_EACH_TIME:
        arn = pattern.sub(text, arn)
    return arn


def read() -> Mapping[str, Recorded]:
    """Return what is kept: `plan` and `apply`."""
    kept: Mapping[str, Recorded] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept

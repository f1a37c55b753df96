"""Where a Terraform module validates what a rule checks, both have the same limits."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pytest

from generator.manifest.names import LONGEST_BUCKET_SUFFIX, LONGEST_SUFFIX
from generator.rules import limits, variables
from generator.rules.ranges import RANGES

ROOT = Path(__file__).parents[3]
BOUNDS = {bounds.field: bounds for bounds in RANGES}
VALIDATED = {
    "timeout": ("worker", "function.timeout"),
    "memory_size": ("worker", "function.memory_size"),
    "ephemeral_storage": ("worker", "function.ephemeral_storage"),
    "visibility_timeout": ("queue", "visibility_timeout"),
    "max_attempts": ("job", "retry.max_attempts"),
    "concurrency": ("worker", "polling.maximum_concurrency"),
    "batch_size": ("worker", "polling.batch_size"),
    "batch_window": ("worker", "polling.batch_window"),
    "delay": ("queue", "delay"),
    "message_retention": ("queue", "message_retention"),
    "dead_letter_retention": ("queue", "dead_letter_retention"),
}


@cache
def conditions(module: str) -> tuple[str, ...]:
    """Return every condition that a module's variables and resources state."""
    found: list[str] = []
    for path in sorted((ROOT / "modules" / module).glob("*.tf")):
        with path.open(encoding="utf-8") as file:
            found += _conditions(hcl2.load(file))
    return tuple(found)


def _conditions(part: Any) -> list[str]:  # noqa: ANN401 - any part of a parsed file
    if isinstance(part, dict):
        own = [part["condition"]] if isinstance(part.get("condition"), str) else []
        return own + [text for inner in part.values() for text in _conditions(inner)]
    if isinstance(part, list):
        return [text for inner in part for text in _conditions(inner)]
    return []


def stated(module: str, pattern: str) -> re.Match[str]:
    """Return the one condition of a module that has a form."""
    matches = [match for text in conditions(module) if (match := re.search(pattern, text))]

    assert len(matches) == 1, (module, pattern, conditions(module))
    return matches[0]


@pytest.mark.parametrize("field", VALIDATED)
def test_a_range_is_the_modules(field: str) -> None:
    """A number is refused by rule and module alike, from the same one on."""
    module, variable = VALIDATED[field]
    name = re.escape(f"var.{variable}")

    match = stated(module, rf"{name} >= (\d+) && {name} <= (\d+)")

    assert (int(match[1]), int(match[2])) == (BOUNDS[field].low, BOUNDS[field].high)


def test_every_range_is_compared_or_has_no_module() -> None:
    """A new range cannot be forgotten here; waits and alarms are compared below."""
    rest = {field for field in BOUNDS if field not in VALIDATED}

    assert {field.partition(".")[0] for field in rest} == {"alarms", "backoff"}


def test_the_longest_wait_is_the_modules() -> None:
    """The worker waits no longer than the module lets it be told."""
    match = stated("worker", r"var\.retry\.cap <= (\d+)")

    assert int(match[1]) == BOUNDS["backoff.cap"].high


def test_alarms_begin_where_the_module_lets_them() -> None:
    """No threshold lies below the module's."""
    match = stated("alarms", r"value >= (\d+)")

    assert {BOUNDS[field].low for field in BOUNDS if field.startswith("alarms.")} >= {int(match[1])}
    assert min(BOUNDS[f].low for f in BOUNDS if f.startswith("alarms.")) == int(match[1])


def test_log_retention_has_the_modules_periods() -> None:
    """CloudWatch's periods are the same list on both sides."""
    match = stated("worker", r"contains\(\[([\d, ]+)\], var\.logs\.retention_days\)")

    assert tuple(map(int, match[1].split(","))) == limits.LOG_RETENTION_DAYS


def test_names_have_the_modules_lengths() -> None:
    """A job's base name, a schedule's name and a description are as long as the modules allow."""
    base = stated("job", r"length\([^)]*\) <= (\d+)")
    schedule = stated("schedule", r"var\.job\}-\$\{name\}\"\) <= (\d+)")
    described = stated("worker", r"length\(var\.function\.description\) <= (\d+)")
    queue = stated("queue", r"\{1,(\d+)\}")

    assert int(base[1]) == limits.LONGEST_ROLE - len(LONGEST_SUFFIX)
    assert int(schedule[1]) == limits.LONGEST_SCHEDULE
    assert int(described[1]) == limits.LONGEST_DESCRIPTION
    assert int(queue[1]) == limits.LONGEST_QUEUE - len("-dlq")


def test_variables_have_the_modules_names_and_size() -> None:
    """What is reserved, and how much room there is, is the same on both sides."""
    reserved = stated("worker", r"!can\(regex\(\"\^\(([A-Z_|]+)\)")
    size = stated("worker", r"local\.environment : .* <= (\d+)")

    assert tuple(reserved[1].split("|")) == variables.RESERVED_PREFIXES
    assert int(size[1]) == limits.LARGEST_ENVIRONMENT


def test_batches_need_their_window_from_the_same_size_on() -> None:
    """A batch without a window is as large as the module allows."""
    match = stated("worker", r"batch_size <= (\d+) \|\| var\.polling\.batch_window >= 1")

    assert int(match[1]) == limits.LARGEST_BATCH_WITHOUT_WINDOW


def test_an_owner_is_as_long_as_an_alarm_has_room_for() -> None:
    """The alarms' descriptions end with the owner; the rule stops where the module does."""
    match = stated("alarms", r"length\(var\.job\.owner\) <= (\d+)")

    assert int(match[1]) == limits.LONGEST_OWNER


def test_no_bucket_has_a_longer_name_than_the_one_that_is_judged() -> None:
    """The names that deployments make of project, environment and account."""
    settings = (ROOT / "envs" / "deploy" / "settings.py").read_text("utf-8")
    roots = "".join(path.read_text("utf-8") for path in ROOT.glob("envs/*/main.tf"))
    suffixes = re.findall(r"\{self\.base\}(-[a-z-]+-)\{self\.account_id\}", settings)
    suffixes += re.findall(r"\$\{local\.base\}(-[a-z-]+-)\$\{", roots)

    assert {"-artifacts-", "-state-"} <= set(suffixes)
    assert max(map(len, suffixes)) + len("123456789012") == len(LONGEST_BUCKET_SUFFIX)

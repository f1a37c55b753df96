"""One slip, one finding: at its line, with what to write instead."""

from pathlib import Path

import pytest

from generator.manifest.model import Job
from generator.pipeline import examine

GOOD = """\
version: 1
project: shop
environments: [dev, prod]
jobs:
  send-receipt:
    description: Mail a receipt.
    owner: shop
    timeout: 30s
    payload:
      type: object
      required: [id]
      properties:
        id: {type: string}
    idempotency: {key: [id]}
"""
TIMEOUT, ID = "    timeout: 30s", "        id: {type: string}"

KEYS = [
    ("alarm: 5", "unknown-key", "write, for example, `alarms: {errors: 1}`"),
    ("backoff: exponential", "wrong-type", "`backoff: {base: 10s, cap: 15m}`"),
    ("backoff: 30", "wrong-type", "write `backoff: {base: 30s}`"),
    ("retry: {max_attempts: 3}", "unknown-key", "write `max_attempts: 3`"),
    ("retries: 3", "unknown-key", "write `max_attempts: 4`"),
    ("environment: {A: b}", "unknown-key", "write `variables: {A: b}`"),
    ("fifo: true", "unknown-key", "standard"),
    ("priority: 1", "unknown-key", "a job, and so a queue, of its own"),
    ("tags: {a: b}", "unknown-key", "tagged"),
    ("vpc_config: {}", "unknown-key", "VPC"),
    ("dlq: true", "unknown-key", "dead_letter_retention"),
    ("log_level:", "wrong-type", "write, for example, `log_level: INFO`"),
    ("max_attempts: ~", "wrong-type", "write, for example, `max_attempts: 5`"),
    ("log_level: #INFO", "wrong-type", 'write `log_level: "#INFO"`'),
    ("schedule: rate(1 day)", "wrong-type", "`schedule: [{name: nightly, rate: 1 day}]`"),
    ("schedule: 2 hours", "wrong-type", "`schedule: [{name: nightly, rate: 2 hours}]`"),
    ("secrets: [1]", "wrong-type", 'write `"1"`, in quotes'),
    ("secrets: [[a]]", "wrong-type", "write `a`"),
    ("memory: 512MB", "unknown-key", "write `memory_size: 512`"),
    ("memory_size: 512MB", "wrong-type", "write `memory_size: 512`"),
    ("environments: {production: {concurrency: 4}}", "unknown-environment", "write `prod`"),
]
SCHEMAS = [
    ("id: str", "payload-schema", "write `{type: string}`"),
    ("id: 5", "payload-schema", "write `{type: string}`"),
    ("id:", "payload-schema", "write `{type: string}`"),
    ("id: {type: string, enum: a}", "payload-schema", "write `enum: [a]`"),
    ("id: {enum: a}", "payload-schema", "write `enum: [a]`"),
    ("id: {type: string, maxLength: '20'}", "payload-schema", "write `maxLength: 20`"),
    ("id: {type: string, regex: a}", "payload-keyword", "write `pattern`"),
    ("id: {type: string, max: 5}", "payload-keyword", "write `maxLength`"),
    ("id: {type: integer, min: 5}", "payload-keyword", "write `minimum`"),
    ("id: {type: string, values: [a]}", "payload-keyword", "write `enum`"),
    ("id: {type: string, pii: true}", "payload-keyword", "write `x-sensitive: true`"),
    ("tags: {type: array, of: string}", "payload-keyword", "items: {type: string}"),
    ("tags: {type: array}", "payload-items", "add `items: {type: string}`"),
    ("timeout: 30s", "misplaced-key", "write `timeout: 30s` beside the keys of `send-receipt`"),
]
TEXTS = [
    ("    owner: shop", "    owner: @shop", "yaml-syntax", 'write `"@shop"`'),
    ("    owner: shop", "    owner: %shop", "yaml-syntax", 'write `"%shop"`'),
    ("    owner: shop", "    owner: #shop", "wrong-type", 'write `owner: "#shop"`'),
    ("    owner: shop", "    // the team\n    owner: shop", "yaml-syntax", "write `# the team`"),
    ("    owner: shop", "\u00a0   owner: shop", "yaml-syntax", "ordinary spaces"),
    ("  send-receipt:", "  SendReceipt:", "job-name", "write `send-receipt`"),
    ("  send-receipt:", "  send_receipt:", "job-name", "write `send-receipt`"),
    ("version: 1", 'version: "1"', "wrong-value", "write `version: 1`"),
    ("version: 1", "version: 2", "wrong-value", "write `version: 1`"),
]


def optional_keys() -> list[str]:
    """Return the keys of a job that may be left out."""
    fields = Job.model_fields
    return [name for name in fields if not fields[name].is_required() and name != "timeout"]


def findings(folder: Path, text: str) -> list[tuple[int, str, str]]:
    """Return the line, the rule and the hint of each finding."""
    path = folder / "jobs.yaml"
    path.write_text(text, encoding="utf-8")
    return [(f.line, f.rule, f.hint) for f in examine(path).findings]


@pytest.mark.parametrize(("entry", "rule", "hint"), KEYS)
def test_a_word_from_elsewhere_gets_the_right_one(
    tmp_path: Path, entry: str, rule: str, hint: str
) -> None:
    """A key of a job as other tools have it, or a value as they write it."""
    ((line, found, said),) = findings(tmp_path, GOOD.replace(TIMEOUT, f"{TIMEOUT}\n    {entry}"))

    assert (line, found) == (9, rule)
    assert hint in said


@pytest.mark.parametrize(("entry", "rule", "hint"), SCHEMAS)
def test_a_word_from_elsewhere_in_a_schema_gets_the_right_one(
    tmp_path: Path, entry: str, rule: str, hint: str
) -> None:
    """A keyword, a type or a value of a property as other tools have it."""
    more = f"        {entry}" if entry.startswith("id") else f"{ID}\n        {entry}"
    ((line, found, said),) = findings(tmp_path, GOOD.replace(ID, more))

    assert (line, found) == (13 if entry.startswith("id") else 14, rule)
    assert hint in said


@pytest.mark.parametrize(("good", "bad", "rule", "hint"), TEXTS)
def test_a_slip_of_the_text_is_told_as_what_it_is(
    tmp_path: Path, good: str, bad: str, rule: str, hint: str
) -> None:
    """Signs that YAML reads as something else, and names and numbers that nobody takes."""
    ((line, found, said),) = findings(tmp_path, GOOD.replace(good, bad, 1))

    assert (line, found) == (GOOD.splitlines().index(good) + 1, rule)
    assert hint in said


def test_nothing_follows_from_a_number_outside_of_its_range(tmp_path: Path) -> None:
    """It is told beside whatever else is wrong, and once: not again as what would come of it."""
    entries = "timeout: 30h\n    batch_size: 100000\n    memroy_size: 1"
    found = findings(tmp_path, GOOD.replace("timeout: 30s", entries))

    assert [(line, rule) for line, rule, _ in found] == [
        (8, "timeout-range"),
        (9, "batch-size-range"),
        (10, "unknown-key"),
    ]


def test_a_number_outside_of_its_range_in_one_environment_is_told_there(tmp_path: Path) -> None:
    """What holds in the others is judged."""
    entries = "timeout: 30s\n    environments: {prod: {timeout: 30h}}\n    batch_size: 50"
    found = findings(tmp_path, GOOD.replace("timeout: 30s", entries))

    assert [(line, rule) for line, rule, _ in found] == [
        (9, "timeout-range"),
        (10, "batch-needs-window"),
        (10, "batch-time"),
    ]


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
@pytest.mark.parametrize("key", optional_keys())
def test_a_key_with_nothing_behind_it_is_told(key: str, nothing: str, tmp_path: Path) -> None:
    """It is one finding at its line, not the default without a word."""
    text = GOOD.replace(TIMEOUT, f"    {key}:{nothing}")

    assert [found[:2] for found in findings(tmp_path, text)] == [(8, "wrong-type")]


def test_a_very_long_word_is_cut(tmp_path: Path) -> None:
    """Neither the message nor the hint is longer than a screen."""
    path = tmp_path / "jobs.yaml"
    path.write_text(GOOD.replace(TIMEOUT, f"    max_attempts: {'9' * 5000}"), encoding="utf-8")
    (found,) = examine(path).findings

    assert (found.rule, found.line) == ("yaml-surprise", 8)
    assert len(found.message) + len(found.hint) < 300

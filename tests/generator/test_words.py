"""Words that people bring from other tools and languages get the right one."""

import json

import pytest

from tests.generator.manifests import job, manifest
from tests.generator.test_messages import RUN, told

WORDS: tuple[tuple[str, object, str], ...] = (
    ("retries", 3, "max_attempts: 4"),
    ("memory", 512, "memory_size: 512"),
    ("memory", "1GB", "memory_size: 1024"),
    ("tmp", "2 GB", "ephemeral_storage: 2048"),
    ("dlq", True, "leave it out: every job has a dead-letter queue"),
    ("env", {"A": "b"}, "variables"),
    ("team", "growth", "owner: growth"),
    ("cpu", 2, "raise `memory_size`"),
    ("depends_on", ["other"], "`enqueues` lists"),
    ("requirements", ["httpx"], "packed with it"),
    ("timeout", "0s", "choose a value from 1s to 15m"),
    ("timeout", "1h", "split the work"),
    ("concurrency", 1, "2 is the least"),
    ("concurrency", 2000, "choose a value from 2 to 1000"),
    ("schedule", [{**RUN, "cron": "\u201c0 4 * * ? *\u201d"}], '"0 4 * * ? *"'),
    ("schema", {"type": "object"}, "payload"),
    ("handler", "x.y", "lambdas/handlers"),
    ("timeout_seconds", 30, "timeout: 30s"),
    ("delay_seconds", 90, "delay: 90s"),
    ("max_concurrency", 5, "concurrency: 5"),
    ("dedup_key", "order_id", "idempotency: {key: [order_id]}"),
    ("secret", "crm-key", "secrets: [crm-key]"),
    ("arch", "arm64", "architecture: arm64"),
    ("timeout", "5min", "timeout: 5m"),
    ("timeout", "1 hour", "timeout: 1h"),
    ("timeout", "PT5M", "timeout: 5m"),
    ("timeout", 30, "timeout: 30s"),
    ("timeout", "1m 30s", "timeout: 90s"),
    ("message_retention", 4, "message_retention: 4d"),
    ("memory_size", "512MB", "memory_size: 512"),
    ("memory_size", "0.5 GB", "memory_size: 512"),
    ("concurrency", "5", "concurrency: 5"),
    ("architecture", "amd64", "architecture: x86_64"),
    ("runtime", 3.13, "runtime: python3.13"),
    ("secrets", "a, b", "secrets: [a, b]"),
    ("variables", ["A=b"], "variables: {A: b}"),
    ("variables", {"PORT": 8080}, 'PORT: "8080"'),
    ("backoff", "10s", "backoff: {base: 10s}"),
    ("idempotency", ["order_id"], "idempotency: {key: [order_id]}"),
    ("environments", {"production": {"timeout": "5s"}}, "write `prod`"),
    ("schedule", "0 4 * * ? *", 'schedule: [{name: nightly, cron: "0 4 * * ? *", timezone: UTC}]'),
    ("schedule", [{**RUN, "cron": "rate(5 minutes)"}], "rate: 5 minutes"),
    ("schedule", [{**RUN, "cron": "5 minutes"}], "rate: 5 minutes"),
    ("schedule", [{**RUN, "cron": "at(2027-01-31T09:00:00)"}], "at: 2027-01-31T09:00:00"),
    ("schedule", [{**RUN, "enabled": "yes"}], "enabled: true"),
    ("schedule", [{**RUN, "overlap": "forbid"}], "overlap: skip"),
    ("schedule", [{**RUN, "tz": "UTC"}], "timezone: UTC"),
)


@pytest.mark.parametrize(("key", "value", "written"), WORDS)
def test_words_that_people_bring_get_the_right_one(key: str, value: object, written: str) -> None:
    """The hint says what to write."""
    found = told(json.loads(manifest({"mail": job(**{key: value})})))

    assert any(written in f.hint for f in found), found


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "str"}, "type: string"), ({"type": "int"}, "type: integer"),
        ({"type": "bool"}, "type: boolean"), ({"type": "float"}, "type: number"),
        ({"type": "dict"}, "type: object"), ({"type": "list"}, "type: array"),
        ({"type": "datetime"}, "type: string, format: date-time"),
        ({"type": "uuid"}, "type: string, format: uuid"),
        ({"type": "str[]"}, "type: array, items: {type: string}"),
        ({"type": ["str", "null"]}, "type: string"),
        ({"type": "string", "required": True}, "required: [note]"),
        ({"type": "string", "optional": True}, "leave it out"),
        ("str", "{type: string}"), ("datetime", "{type: string, format: date-time}"),
    ],
)  # fmt: skip
def test_types_of_other_languages_get_json_schemas_word(schema: object, written: str) -> None:
    """A property whose type is written as elsewhere: the hint says what to write."""
    payload = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "note": schema},
    }
    found = told(json.loads(manifest({"mail": job(payload=payload, idempotency={"key": ["id"]})})))

    assert [written in f.hint for f in found] == [True], found


@pytest.mark.parametrize(
    ("key", "value", "written"),
    [("owner", "growth", "`owner: growth` under the name of each job"), ("job", {}, "`jobs`?")],
)
def test_a_key_of_every_job_at_the_top_is_sent_to_the_jobs(
    key: str, value: object, written: str
) -> None:
    """Not to the one other part at the top that happens to have a key of that name."""
    found = told({**json.loads(manifest({"mail": job()})), key: value})

    assert [written in f.hint for f in found] == [True], found

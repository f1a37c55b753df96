"""One run tells all that is wrong, each thing once, and what to write instead."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Finding
from generator.manifest.model import Job
from generator.pipeline import examine
from tests.generator.manifests import job, manifest, write

RUN = {"name": "nightly", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}
WHOLE: dict[str, Any] = {
    "version": 1,
    "project": "shop",
    "environments": ["dev", "prod"],
    "account": {"concurrency": 2000},
    "defaults": {"max_attempts": 6, "environments": {"dev": {"concurrency": 2}}},
    "jobs": {
        "send-receipt": job(
            timeout="20s", memory_size=512, visibility_timeout="3m", batch_size=2,
            batch_window="5s",
            backoff={"base": "5s", "cap": "10m"}, alarms={"oldest_message": "3h", "errors": 1},
            variables={"LEVEL": "info"}, secrets=["crm-key"], enqueues=["send-receipt"],
            permissions=[{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::receipts/*"]}],
            schedule=[RUN], message_retention="3d", log_retention="14d",
            idempotency={"key": ["order_id"], "retention": "20d"},
            environments={"prod": {"concurrency": 9, "schedule": [{**RUN, "name": "late"}]}},
        ),
        "mail": job(),
    },
}  # fmt: skip
"""A right manifest in which nearly every key is given."""

FORM = {"wrong-type", "wrong-value", "duration", "missing-key", "unknown-key", "misplaced-key"}
NONSENSE: tuple[Any, ...] = (
    None,
    "x y",
    [],
    {},
    5,
    -1,
    1.5,
    True,
    [[]],
    {"a": {"b": 1}},
    "5 parsecs",
    [None],
)


def told(document: object) -> list[Finding]:
    """Return what is said of a manifest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.yaml"
        path.write_text(json.dumps(document, indent=1), "utf-8")
        return list(examine(path).findings)


def copied(document: object) -> Any:  # noqa: ANN401 - the same document
    """Return a copy in which no part stands at two places."""
    return json.loads(json.dumps(document))


def places(value: object, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of everything inside of a value; payloads' schemas are the reader's own."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = [(key, inner) for key, inner in value.items() if key != "payload"]
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [
        found for key, inner in items for found in [(*where, key), *places(inner, (*where, key))]
    ]


def part(document: Any, where: tuple[Any, ...]) -> Any:  # noqa: ANN401 - any part
    """Return what stands at a place."""
    for step in where:
        document = document[step]
    return document


def test_the_whole_is_right() -> None:
    """What the tests below break has nothing wrong with it."""
    assert told(WHOLE) == []


@given(st.sampled_from(places(WHOLE)), st.sampled_from(NONSENSE))
def test_a_value_of_the_wrong_form_is_told_where_it_stands_and_nowhere_else(
    where: tuple[Any, ...], nonsense: object
) -> None:
    """No rule judges what stands in for it: whatever is said is said of the place."""
    document = copied(WHOLE)
    part(document, where[:-1])[where[-1]] = nonsense
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), json.dumps(document, indent=1))
        examined = examine(path)
        first = examined.source.place(where, key=True)[0]
    last = first + json.dumps(nonsense, indent=1).count("\n")

    if any(finding.rule in FORM for finding in examined.findings):
        assert [f for f in examined.findings if not first <= f.line <= last] == []


_FORM_ERRORS: tuple[tuple[str, object], ...] = (
    ("retries", 3), ("tiemout", "5s"), ("memory_size", "512MB"), ("delay", "soon"),
    ("architecture", "arm"), ("owner", 5), ("schedule", "nightly"), ("secrets", "key"),
    ("idempotency", "order_id"), ("backoff", []), ("key", ["order_id"]), ("payload", "x"),
    ("alarms", {"error": 1}), ("environments", {"prod": []}), ("description", ""),
)  # fmt: skip
_RANGE_ERRORS: tuple[tuple[str, object, str], ...] = (
    ("timeout", "20m", "timeout-range"),
    ("concurrency", 1, "concurrency-range"),
    ("batch_size", 0, "batch-size-range"),
    ("runtime", "python2.7", "runtime"),
    ("variables", {"AWS_REGION": "x"}, "variable-name"),
    ("enqueues", ["nobody"], "enqueues-unknown"),
    ("permissions", [{"actions": ["*"], "resources": ["x"]}], "permission-every-action"),
)


@pytest.mark.parametrize("form", _FORM_ERRORS, ids=lambda case: case[0])
@pytest.mark.parametrize("ranged", _RANGE_ERRORS, ids=lambda case: case[0])
@pytest.mark.parametrize("apart", [False, True], ids=["one job", "two jobs"])
def test_an_error_of_a_value_is_told_beside_an_error_of_form(
    form: tuple[str, object], ranged: tuple[str, object, str], *, apart: bool
) -> None:
    """One run tells both, in one job and in two."""
    one = job(**{ranged[0]: ranged[1]})
    two = job() if apart else one
    two[form[0]] = form[1]
    found = told(json.loads(manifest({"one": one, "two": two} if apart else {"one": one})))

    assert [f.rule for f in found].count(ranged[2]) >= 1
    assert any(
        f.rule in {"unknown-key", "misplaced-key", "wrong-type", "wrong-value", "duration"}
        for f in found
    )


def test_what_enqueues_a_broken_job_is_right() -> None:
    """A job with a mistake in it is a job all the same."""
    broken = job()
    del broken["owner"]
    found = told(json.loads(manifest({"one": job(enqueues=["two"]), "two": broken})))

    assert [f.rule for f in found] == ["missing-key"]


MISPLACED: tuple[tuple[tuple[Any, ...], str, object, str], ...] = (
    (("jobs", "mail"), "retention", "20d", "idempotency"),
    (("jobs", "mail"), "errors", 1, "alarms"),
    (("jobs", "mail"), "cron", "0 4 * * ? *", "schedule"),
    (("jobs", "mail"), "base", "1s", "backoff"),
    (("jobs", "mail"), "required", ["order_id"], "payload"),
    (("jobs", "mail"), "actions", ["s3:GetObject"], "permissions"),
    (("jobs", "mail", "idempotency"), "timeout", "5s", "mail"),
    (("jobs", "mail", "idempotency"), "owner", "growth", "mail"),
    (("jobs", "mail", "payload"), "timeout", "5s", "mail"),
    (("jobs", "mail", "payload"), "idempotency", {"key": ["order_id"]}, "mail"),
    (("jobs", "mail", "payload", "properties"), "required", ["order_id"], "payload"),
    (("jobs", "mail", "payload"), "note", {"type": "string"}, "properties"),
    (("jobs", "send-receipt", "alarms"), "memory_size", 256, "send-receipt"),
    (("jobs", "send-receipt", "environments", "prod", "alarms"), "timeout", "5s", "prod"),
    (("jobs", "send-receipt", "schedule", 0), "timeout", "5s", "send-receipt"),
    (("defaults", "backoff"), "timeout", "5s", "defaults"),
    ((), "timeout", "5s", "defaults"),
    ((), "other", job(), "jobs"),
    (("jobs",), "timeout", "5s", "job"),
)


@pytest.mark.parametrize(("where", "key", "value", "home"), MISPLACED)
def test_a_key_at_the_wrong_depth_is_told_once_with_its_home(
    where: tuple[Any, ...], key: str, value: object, home: str
) -> None:
    """One finding, at the key, that names where it belongs."""
    document = copied(WHOLE)
    holder = document
    for step in where:
        holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
    holder[key] = value
    (found,) = told(document)

    assert found.rule == "misplaced-key"
    assert home in found.message
    assert found.hint


def test_keys_that_slipped_together_are_one_finding(tmp_path: Path) -> None:
    """All keys of a job beside its name; all of a payload beside `payload`; jobs at column 0."""
    body = [
        "description: Mail.", "owner: shop", "timeout: 16m",
        "payload: {type: object, required: [a], properties: {a: {type: integer}}}",
        "idempotency: {key: [a]}",
    ]  # fmt: skip
    head = "version: 1\nproject: shop\nenvironments: [dev]\n"
    texts = (
        head + "jobs:\n  mail:\n" + "".join(f"  {line}\n" for line in body),
        head + "jobs:\nmail:\n" + "".join(f"  {line}\n" for line in body),
        head + "jobs:\n  mail:\n    description: Mail.\n    owner: shop\n    payload:\n"
        "    type: object\n    required: [a]\n    properties: {a: {type: integer}}\n"
        "    idempotency: {key: [a]}\n",
        head + "jobs:\n  mail:\n    description: Mail.\n    owner: shop\n"
        "    payload: {type: object, required: [a], properties: {a: {type: integer}}}\n"
        "    idempotency:\n    key: [a]\n    retention: 60d\n",
    )
    for text in texts:
        path = tmp_path / "jobs.yaml"
        path.write_text(text, "utf-8")
        (found,) = examine(path).findings

        assert found.rule == "misplaced-key"
        assert "beside" in found.message


@pytest.mark.parametrize("name", [n for n, f in Job.model_fields.items() if f.is_required()])
def test_a_missing_key_comes_with_an_entry_to_write(name: str) -> None:
    """What is shown can be written as it stands."""
    broken = job()
    del broken[name]
    (found,) = told(json.loads(manifest({"mail": broken})))

    assert found.rule == "missing-key"
    assert found.hint.startswith(f"add `{name}: ")

"""`allowed_changes`: what an entry allows, for how long, and what is still said."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.gate_rules import RULES
from generator.pipeline import examine
from tests.generator.compat.states import UPCASTERS
from tests.generator.manifests import job, manifest

DAY = 24 * 60 * 60
NOON = 1795780800
"""27 November 2026, in UTC."""

Json = Any


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))


def entry(rule: str, about: str | None = "send-receipt", **others: object) -> Json:
    """Return an entry."""
    whole = {"rule": rule, "reason": "Seen.", "owner": "shop", "until": "2026-12-31", **others}
    return {**whole, "job": about} if about else whole


def compared(folder: Path, old: str, new: str, *options: str) -> Result:
    """Return what the gate says about two manifests."""
    (folder / "old.yaml").write_text(old, encoding="utf-8")
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    paths = ["--against", str(folder / "old.yaml"), "--manifest", str(folder / "new.yaml")]
    result = CliRunner().invoke(main, ["compat", "--root", str(folder), *paths, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def one(payload: Json, allowed: list[Json] | None = None, **settings: object) -> str:
    """Return a manifest of one job."""
    settings = {"idempotency": {"key": ["id"]}, **settings}
    jobs = {"send-receipt": job(payload=payload, **settings)}
    return manifest(jobs, **({"allowed_changes": allowed} if allowed is not None else {}))


def payload(**properties: Json) -> Json:
    """Return a payload of an id and some optional properties."""
    whole = {"id": {"type": "string"}, **properties}
    return {"type": "object", "required": ["id"], "properties": whole}


def inner(**schema: Json) -> Json:
    """Return a payload whose `k` is an object."""
    return payload(k={"type": "object", **schema})


TEXT = {"type": "string"}
KEY = {"idempotency": {"key": ["id", "m"]}}
PHONE = payload(channel={"enum": ["web", "shop", "phone"]}, n={"type": "integer"}, note=TEXT)
SHOP = payload(channel={"enum": ["web", "shop"]}, n={"type": "integer"})
CODE = """
def from_1(payload):
    payload.pop("n", None)
    return {**payload, "channel": "shop"} if payload.get("channel") == "phone" else payload
"""
SILENT: dict[str, tuple[str, str, Json, Json, Json]] = {
    "an optional property is renamed": (
        "payload-property-dropped",
        "in `k`, `note` would be dropped",
        inner(properties={"note": TEXT}),
        inner(properties={"notes": TEXT}),
        {},
    ),
    "additional properties are closed": (
        "payload-property-dropped",
        "in `k`, properties that are not named would be dropped",
        inner(properties={"a": TEXT}, additionalProperties=True),
        inner(properties={"a": TEXT}),
        {},
    ),
    "a map becomes a closed object": (
        "payload-property-dropped",
        "in `k`, properties that are not named would be dropped",
        inner(additionalProperties={"type": "integer"}),
        inner(properties={"a": {"type": "integer"}}),
        {},
    ),
    "the default of a key field changes": (
        "key-default-changed",
        'the default of the key\'s `m` was "x", now it is "y"',
        payload(m={"enum": ["x", "y"], "default": "x"}),
        payload(m={"enum": ["x", "y"], "default": "y"}),
        KEY,
    ),
    "the default inside a key field changes": (
        "key-default-changed",
        "the default of the key's `m.at` was none, now it is 1",
        {**payload(m={"type": "object", "properties": {"at": {"type": "integer"}}})}
        | {"required": ["id", "m"]},
        {**payload(m={"type": "object", "properties": {"at": {"type": "integer", "default": 1}}})}
        | {"required": ["id", "m"]},
        KEY,
    ),
    "a key field loses its one spelling": (
        "key-spelling-changed",
        "the key's `m` was a `date-time`, which has one spelling, now it is text, taken as it is",
        {**payload(m={"type": "string", "format": "date-time"}), "required": ["id", "m"]},
        {**payload(m={"type": "string"}), "required": ["id", "m"]},
        KEY,
    ),
    "an upcaster throws a field away": (
        "upcaster-drops",
        "drops `n` and `note`: no value leaves a trace",
        PHONE,
        SHOP,
        {"contract": 2},
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_a_silent_loss_is_a_warning_that_an_entry_silences(name: str, tmp_path: Path) -> None:
    """It names what is lost; with an entry it is listed with its reason, and still not denied."""
    rule, said, old, new, settings = SILENT[name]
    (tmp_path / UPCASTERS).parent.mkdir(parents=True)
    (tmp_path / UPCASTERS).write_text(CODE)
    before = one(old, **{**settings, "contract": 1})
    others = {"payload-format-changed": 1} if rule == "key-spelling-changed" else {}

    warned = compared(tmp_path, before, one(new, **settings))
    silenced = compared(tmp_path, before, one(new, [entry(rule)], **settings))

    assert (warned.exit_code, f"warning[{rule}]" in warned.output) == (0, True), warned.output
    assert said in warned.output
    assert f"0 refused, {1 + len(others)} to mind" in warned.output
    assert (silenced.exit_code, f"[{rule}]" in silenced.output) == (0, False), silenced.output
    assert f"0 refused, {len(others)} to mind, 1 allowed" in silenced.output
    assert "stays readable" not in silenced.output


def test_an_allowed_refusal_is_let_through_and_its_loss_is_said(tmp_path: Path) -> None:
    """By name, with who answers for it; and the last line claims nothing else."""
    old = manifest({"send-receipt": job(), "send-invoice": job()})
    allowed = [entry("job-removed", "send-invoice", reason="Drained on 2 December.")]
    new = manifest({"send-receipt": job()}, allowed_changes=allowed)

    refused = compared(tmp_path, old, manifest({"send-receipt": job()}))
    let = compared(tmp_path, old, new)

    assert refused.exit_code == 1
    assert let.exit_code == 0
    assert "allowed by shop until 2026-12-31: Drained on 2 December." in let.output
    assert "Its queues are destroyed with every message in them" in let.output
    assert let.output.endswith("not every message in flight survives.\n")
    assert "send-invoice: stop what sends, wait until both queues are empty" in let.output


def test_an_entry_stands_for_one_rule_about_one_job(tmp_path: Path) -> None:
    """Neither another rule, nor another job, nor all jobs."""
    old = manifest({"send-receipt": job(timeout="30s"), "send-invoice": job(timeout="30s")})
    jobs = {"send-receipt": job(timeout="20s"), "send-invoice": job(timeout="20s")}
    both = [entry("timeout-lowered"), entry("timeout-lowered", "send-invoice")]
    wrong = [
        *([both[0]], [both[1]], [entry("timeout-lowered", None)]),
        [entry("attempts-lowered"), both[1]],
    ]

    for allowed in wrong:
        result = compared(tmp_path, old, manifest(jobs, allowed_changes=allowed))
        assert result.exit_code == 1, result.output
        assert "error[timeout-lowered]" in result.output
    assert compared(tmp_path, old, manifest(jobs, allowed_changes=both)).exit_code == 0


def test_a_verdict_about_no_job_is_allowed_without_one(tmp_path: Path) -> None:
    """An environment is about all of them."""
    jobs = {"send-receipt": job()}
    old = manifest(jobs, environments=["dev", "prod"])
    new = manifest(jobs, environments=["dev"], allowed_changes=[entry("queue-replaced", None)])

    assert compared(tmp_path, old, new).exit_code == 0


@given(st.integers(-40, 40))
def test_an_entry_ends_with_its_day(days: int) -> None:
    """On the day itself, in UTC, it still holds; the day after it allows nothing and is found."""
    old = one(payload(n=TEXT), timeout="30s")
    new = one(payload(n=TEXT), [entry("timeout-lowered", until="2026-11-27")], timeout="20s")
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv("SOURCE_DATE_EPOCH", str(NOON + days * DAY))
        result = compared(Path(folder), old, new)

    expired = days > 0
    assert result.exit_code == (1 if expired else 0), result.output
    assert ("allowed-change-expired" in result.output) == expired


def test_what_is_wrong_with_an_entry_is_said_at_its_place(tmp_path: Path) -> None:
    """Unused, misspelt and expired ones, each with line and column; unused ones only warn."""
    lines = [
        "version: 1",
        "project: shop",
        "environments: [dev]",
        "allowed_changes:",
        "  - {rule: timeout-lowered, job: send-receipt, reason: r, owner: o, until: 2026-12-31}",
        "  - {rule: timeout-lowerd, job: send-receipt, reason: r, owner: o, until: 2026-12-31}",
        "  - {rule: job-removed, job: gone, reason: r, owner: o, until: 2026-01-31}",
        "  - {rule: allowed-change-unused, reason: r, owner: o, until: 2026-12-31}",
        "jobs:",
        f"  send-receipt: {json.dumps(job())}",
    ]
    text = "\n".join(lines)

    result = compared(tmp_path, text, text, "--format", "json")

    found = [(f["line"], f["column"], f["rule"], f["severity"]) for f in json.loads(result.output)]
    assert found == [
        (5, 12, "allowed-change-unused", "warning"),
        (6, 12, "allowed-change-unknown", "error"),
        (7, 64, "allowed-change-expired", "warning"),
        (8, 12, "allowed-change-unknown", "error"),
    ]
    assert result.exit_code == 1


@pytest.mark.parametrize("form", ["json", "github"])
def test_tools_get_an_allowed_refusal_as_a_warning(form: str, tmp_path: Path) -> None:
    """With whose it is; an allowed warning is silent, and the exit status is that of the rest."""
    old = one(payload(n=TEXT), timeout="30s")
    allowed = [entry("timeout-lowered"), entry("payload-property-dropped")]
    new = one(payload(), allowed, timeout="20s")

    result = compared(tmp_path, old, new, "--format", form)

    assert result.exit_code == 0
    assert "allowed by shop until 2026-12-31: Seen." in result.output
    assert "warning" in result.output
    assert "error" not in result.output
    assert "payload-property-dropped" not in result.output


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("until", "2026-02-30", "`until`: not a day of the calendar"),
        ("until", "soon", "`until`: not a day of the calendar"),
        ("until", 20261231, "`until`: not a day of the calendar"),
        ("reason", "  ", "`reason`: is blank"),
        ("owner", "", "`owner`: is blank"),
        ("owner", None, "`owner` must be text, not nothing"),
        ("rule", "", "`rule` is empty"),
    ],
)
def test_a_broken_entry_is_a_finding(field: str, value: object, said: str, tmp_path: Path) -> None:
    """Of every verb, for the manifest cannot be read."""
    path = tmp_path / "jobs.yaml"
    path.write_text(one(payload(), [{**entry("job-removed"), field: value}]))

    (found,) = examine(path).findings

    assert found.message == said


def test_no_verb_but_the_gate_asks_for_entries(tmp_path: Path) -> None:
    """Whether one is needed is not known without a base."""
    path = tmp_path / "jobs.yaml"
    path.write_text(one(payload(), [entry(rule) for rule in RULES]))

    assert examine(path).findings == ()

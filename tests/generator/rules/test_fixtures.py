"""Every rule has a pair: a manifest that breaks it, with the exact output, and one that keeps it.

`make golden` rewrites the outputs; a failing test says so.
"""

import os
from pathlib import Path

import pytest

from generator.diagnostics import as_text
from generator.manifest.source import MAX_BYTES
from generator.manifest.yaml_reader import MAX_VALUES
from generator.pipeline import examine
from generator.rules.run import all_facts

HERE = Path(__file__).parent
FACTS = {fact.id: fact for fact in all_facts()}
TODAY = "1795435200"
"""Noon of 23 November 2026: what the calendar says is part of the output."""

TOO_LARGE_TO_KEEP = {
    "file-too-large": b"#" * (MAX_BYTES + 1),
    "file-too-many-values": b"- x\n" * (MAX_VALUES + 1),
    "account-quotas": (HERE / "account-quotas" / "good.yaml").read_bytes()
    + b"".join(
        b"  job-%d:\n    description: Do it.\n    owner: growth\n    concurrency: 2\n"
        b"    payload: {type: object, required: [a], properties: {a: {type: integer}}}\n"
        b"    idempotency: {key: [a]}\n" % number
        for number in range(1300)
    ),
    "payload-depth": (HERE / "payload-depth" / "good.yaml")
    .read_bytes()
    .replace(
        b"        part-2:",
        b"".join(
            b"        part-%d: {type: object, properties: {inner: {$ref: '#/$defs/part-%d'}}}\n"
            % (number, number + 1)
            for number in range(2, 200)
        )
        + b"        part-200:",
    ),
    "worker-count": (
        (HERE / "worker-count" / "good.yaml")
        .read_bytes()
        .replace(b"[dev, prod]", b"[" + b", ".join(b"e%d" % n for n in range(100_001)) + b"]")
    ),
    "schedule-payload-size": (
        (HERE / "schedule-payload-size" / "good.yaml")
        .read_bytes()
        .replace(b"      required: [order_id]\n", b"")
        .replace(b"        order_id:", b"        note: {type: string}\n        order_id:")
        .replace(b"order_id: 2f1acc6c", b"note: " + b"x" * 260_000 + b", order_id: 2f1acc6c")
        .replace(b"properties:", b"required: [order_id]\n      properties:")
    ),
}
"""Manifests that break a rule by their size alone, made on the spot."""


def output(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what the command line prints about a manifest in a folder."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    examined = examine(Path(name))
    return as_text(examined.findings, examined.source.text)


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    """No rule goes without an example, no example outlives its rule, no two share a name."""
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] not in "._"}

    assert folders == set(FACTS)
    assert len(FACTS) == len(list(all_facts()))
    assert len(FACTS) >= 60


@pytest.mark.parametrize("rule", FACTS)
def test_the_bad_manifest_gets_exactly_this_output(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person sees for a broken rule is reviewed, letter by letter."""
    folder = HERE / rule
    if rule in TOO_LARGE_TO_KEEP:
        (tmp_path / "bad.yaml").write_bytes(TOO_LARGE_TO_KEEP[rule])
        folder = tmp_path
    found = output("bad.yaml", folder, monkeypatch)
    expected = HERE / rule / "bad.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        expected.write_text(found, "utf-8")

    assert f": {FACTS[rule].severity}[{rule}]: " in found
    assert found == expected.read_text("utf-8"), "to accept the new output: make golden"


@pytest.mark.parametrize("rule", FACTS)
def test_the_good_manifest_has_no_finding(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy of a rule breaks no other."""
    assert output("good.yaml", HERE / rule, monkeypatch) == ""

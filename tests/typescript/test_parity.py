"""TypeScript and Python accept and refuse alike, and write the same bytes and the same key."""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from generator.contracts import types
from generator.contracts.samples import samples
from generator.pipeline import examine
from tests.generator.contracts import schemas
from tests.generator.contracts.models import RefusedError, type_of
from tests.generator.names import drawing
from tests.typescript.parity import Contract, differences, is_exact, typescript_answers
from tests.vectors.test_key_form import VECTORS

ROOT = Path(__file__).parents[2]
CONTRACTS = int(os.environ.get("PARITY_CONTRACTS", "45"))
DOCUMENTS = int(os.environ.get("PARITY_DOCUMENTS", "2400"))
SEED = int(os.environ.get("PARITY_SEED", "1"))
REPLAY = f"PARITY_SEED={SEED} PARITY_CONTRACTS={CONTRACTS} PARITY_DOCUMENTS={DOCUMENTS}"

_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -0.0, 1, 1.0, -1, 0.1, 1e-7, 1e16, 1e300, 2**53 - 1, "", " ", "a"),
    *([], {}, [1], {"a": 1}, "é", "🙂", "\u2028", "\u0000", "x" * 65, "\ud800", "10", "__proto__"),
    *("2026-02-29", "2024-02-29", "0000-01-01", "2026-01-01T00:00:00Z", "2026-01-01t23:59:60z"),
    *("2026-12-31T23:59:60.5+00:00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"),
    *("10:00:00.1234567Z", "24:00:00Z", "P1W", "PT", "a@b", "a@b.c", '"a b"@[1.2.3.4]', "::1"),
    *("a@[IPv6:::1]", "1.2.3.04", "http://[::1]:0/", "http://[::1]:65535/", "urn:x", "//a", "a b"),
    *("(?<n>a)\\k<n>", "[a-", "\\p{L}", "\\-", "x{2,1}", "a.b--c", "xn--a", "-a", "/~2", "/~0"),
    "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5D",
)
_NAMES = ("a", "b", "__proto__", "constructor", "10", "9", "\uffff", "🙂", "", "\ud800")


def documents(kind: types.Object, chance: random.Random, count: int) -> Iterator[str]:
    """Yield documents as JSON: fitting ones, and ones with one or two places changed."""
    listed = list(samples(kind))
    found = 0
    while found < count:
        document: Any = chance.choice(listed) if listed else {}
        for _ in range(chance.choice((0, 1, 1, 2))):
            document = changed(document, chance)
        if isinstance(document, dict) and is_exact(document):
            found += 1
            yield json.dumps(document)


def changed(value: Any, chance: random.Random) -> Any:  # noqa: ANN401 - a JSON value
    """Return a value with one place in it changed, added or dropped."""
    if isinstance(value, dict) and chance.random() < 0.8:
        name = chance.choice([*value, *value, *value, chance.choice(_NAMES)])
        if name in value and chance.random() < 0.2:
            return {key: inner for key, inner in value.items() if key != name}
        inner = changed(value[name], chance) if name in value else chance.choice(_ODD)
        return {**value, name: inner}
    if isinstance(value, list) and value and chance.random() < 0.6:
        at = chance.randrange(len(value))
        return [*value[:at], changed(value[at], chance), *value[at + chance.randrange(2) :]]
    if isinstance(value, str) and chance.random() < 0.5:
        at = chance.randrange(len(value) + 1)
        return value[:at] + chance.choice(("", "0", "Z", ":", "é", "🙂", "\n")) + value[at + 1 :]
    return chance.choice(_ODD)


def compare(contracts: list[Contract], capsys: pytest.CaptureFixture[str], what: str) -> None:
    """Ask both languages, and tell what was compared."""
    answers = typescript_answers(contracts, checked=True)
    wrong: list[str] = []
    accepted = asked = 0
    for contract, found in zip(contracts, answers, strict=True):
        wrong += differences(contract, found)
        accepted += sum("data" in answer for answer in found)
        asked += len(found)
    with capsys.disabled():
        print(  # noqa: T201 - how much was compared is part of the result
            f"\nTypeScript and Python, {what}: {len(contracts)} contracts, {asked} documents,"
            f" {accepted} accepted; replay with {REPLAY}"
        )

    assert wrong == [], "\n".join(wrong[:20])
    assert 0.1 < accepted / asked < 0.95


@pytest.mark.usefixtures("package")
def test_every_job_is_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """The manifest's own contracts."""
    manifest = examine(ROOT / "jobs.yaml").manifest
    assert manifest is not None
    chance = random.Random(SEED)  # noqa: S311 - no secret
    share = DOCUMENTS // len(manifest.jobs)
    contracts = [
        Contract(job.name, job.payload, job.key, tuple(documents(job.payload, chance, share)))
        for job in manifest.jobs
    ]

    compare(contracts, capsys, "jobs.yaml")


@pytest.mark.usefixtures("package")
def test_random_contracts_are_the_same_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every keyword, in combinations that nobody wrote."""
    drawn: list[tuple[types.Object, list[Any]]] = []
    chance = random.Random(SEED)  # noqa: S311 - no secret

    @seed(SEED)
    @settings(
        max_examples=2 * CONTRACTS,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(schemas.payloads(), st.data())
    def draw(schema: Any, data: st.DataObject) -> None:  # noqa: ANN401 - a schema as JSON has it
        try:
            kind = type_of(schema)
        except RefusedError:
            return
        drawn.append((kind, data.draw(st.lists(schemas.instances(schema, kind), max_size=5))))

    draw()
    contracts = []
    for index, (kind, given_) in enumerate(drawn[-CONTRACTS:]):  # the first ones are the smallest
        texts = [json.dumps(each) for each in given_ if is_exact(each)]
        texts += documents(kind, chance, max(5, DOCUMENTS // CONTRACTS - len(texts)))
        key = tuple(field.name for field in kind.fields)
        contracts.append(Contract(f"drawn-{index}", kind, key, tuple(texts)))
    assert len(contracts) == CONTRACTS
    compare(contracts, capsys, "random")


@pytest.mark.usefixtures("package")
def test_hostile_names_are_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """Words of either language, empty names and signs, for properties, definitions and forms."""
    contracts: list[Contract] = []
    chance = random.Random(SEED)  # noqa: S311 - no secret
    taken: set[str] = set()
    while len(contracts) < CONTRACTS // 3:
        try:
            kind = type_of(drawing.payload(chance))
        except RefusedError:
            continue
        name = drawing.job_name(chance, taken)
        texts = tuple(documents(kind, chance, max(5, DOCUMENTS // CONTRACTS)))
        contracts.append(Contract(name, kind, tuple(field.name for field in kind.fields), texts))

    compare(contracts, capsys, "hostile names")


@pytest.mark.usefixtures("package")
def test_vectors_hold_in_typescript() -> None:
    """Each document of key form 1 has the bytes and the key of its vector."""
    contracts = [
        Contract(
            f"vector-{index}",
            type_of(case["schema"]),
            tuple(case["keyFields"]),
            (json.dumps(case["document"]),),
        )
        for index, case in enumerate(VECTORS["keys"])
    ]

    answers = typescript_answers(contracts)

    for case, (answer,) in zip(VECTORS["keys"], answers, strict=True):
        assert answer == {"data": case["data"], "key": case["key"]}, case["name"]

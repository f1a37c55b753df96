"""The vectors of key form 1, which producers of every language read, hold for Python."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clarivum_jobs.contract.data_form import DEEPEST, in_data_form
from clarivum_jobs.contract.envelope import parse
from clarivum_jobs.contract.keys import canonical_json, named_key, one_form, payload_key
from clarivum_jobs.contract.payload import JobContract
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.core.errors import InvalidPayloadError
from clarivum_jobs.producer.delayed_sending import schedule_name
from clarivum_jobs.producer.producer import _document
from generator.contracts.key_form import key_of
from tests.generator.contracts.models import forget, model_of, type_of

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "key-form-1.json").read_text(encoding="utf-8")
)
ANY = {"type": "object", "properties": {"value": True}}


@dataclass(frozen=True, slots=True)
class Written:
    """What Python makes of a document.

    Attributes:
        form: What the key is the digest of.
        key: The key.
        data: The payload as it stands in a message.
    """

    form: str
    key: str
    data: str


def written(case: dict[str, Any]) -> Written:
    """Read a vector's document by the model that is generated for its schema, and write it."""
    model = model_of(type_of(case["schema"]))
    contract = JobContract("sample-job", 1, tuple(case["keyFields"]))
    try:
        payload = read_strictly(model, case["document"])
        values = payload.model_dump()
        form = canonical_json([one_form(values.get(name)) for name in contract.key])
        data = in_data_form(payload.model_dump(mode="json"))
    finally:
        forget(model)
    text = json.dumps(data, separators=(",", ":"))
    return Written(form, payload_key(contract, values), text)


@pytest.mark.parametrize("case", VECTORS["keys"], ids=lambda case: case["name"])
def test_the_documents_show_the_key_of_their_example(case: dict[str, Any]) -> None:
    """The generator, which imports no library, tells the same key of a message."""
    assert key_of(type_of(case["schema"]), case["keyFields"], case["document"]) == case["key"]


@pytest.mark.parametrize("case", VECTORS["keys"], ids=lambda case: case["name"])
def test_a_document_has_the_key_and_the_bytes_of_its_vector(case: dict[str, Any]) -> None:
    """Form, digest and data, each as the file has it."""
    assert written(case) == Written(case["form"], case["key"], case["data"])
    assert hashlib.sha256(case["form"].encode("ascii")).hexdigest() == case["key"]


@pytest.mark.parametrize("case", VECTORS["named"], ids=lambda case: ascii(case["name"])[:20])
def test_a_name_has_the_key_of_its_vector(case: dict[str, str]) -> None:
    """Work that its sender named."""
    assert named_key(case["name"]) == case["key"]


@pytest.mark.parametrize("case", VECTORS["schedules"], ids=lambda case: case["job"][:20])
def test_a_schedule_has_the_name_of_its_vector(case: dict[str, str]) -> None:
    """What one language schedules, the other can cancel."""
    assert schedule_name(case["job"], case["key"]) == case["schedule"]


@pytest.mark.parametrize("wrap", [lambda value: [value], lambda value: {"a": value}])
def test_what_is_sent_can_be_read_however_deep_it_is(wrap: Any) -> None:  # noqa: ANN401 - a function
    """The deepest payload that is taken is read out of its message; one more is refused."""
    model = model_of(type_of(ANY))
    model.contract = JobContract("sample-job", 1, ())
    value: Any = wrap(0)
    for _ in range(DEEPEST - 2):
        value = wrap(value)
    envelope = {
        "specversion": "1.0",
        "id": "1",
        "source": "tests",
        "type": "jobs.sample-job",
        "time": "2026-01-31T09:30:00Z",
        "idempotencykey": "0" * 64,
        "contractversion": 1,
    }
    try:
        data, _ = _document(read_strictly(model, {"value": value}))
        assert parse(json.dumps({**envelope, "data": data})).data == data
        with pytest.raises(InvalidPayloadError, match=f"nested more than {DEEPEST} deep"):
            _document(read_strictly(model, {"value": wrap(value)}))
    finally:
        forget(model)

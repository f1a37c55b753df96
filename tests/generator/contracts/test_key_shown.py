"""The key that documents show is the one that the library makes of the same payload."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.contracts.key_form import key_of
from tests.generator.contracts.models import RefusedError, type_of
from tests.generator.contracts.schemas import instances, payloads
from tests.typescript.parity import Contract, python_answers


@pytest.mark.long
@given(payloads(), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_payloads_have_the_key_that_the_library_makes(
    schema: dict[str, Any], data: st.DataObject
) -> None:
    """Of every valid document, by every order of fields, with defaults left out."""
    try:
        kind = type_of(schema)
    except RefusedError:
        assume(False)  # noqa: FBT003 - as hypothesis has it
        raise
    names = tuple(data.draw(st.permutations([field.name for field in kind.fields])))
    documents = data.draw(st.lists(instances(schema, kind), min_size=1, max_size=5))
    contract = Contract("sample-job", kind, names, tuple(map(json.dumps, documents)))

    for document, answer in zip(documents, python_answers(contract), strict=True):
        if answer is not None:
            assert key_of(kind, names, json.loads(json.dumps(document))) == answer["key"]

"""Whatever the schema and whatever the instance: the model says what the library says."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.contracts.instances import fits
from generator.contracts.types import Object
from tests.chance import count
from tests.figures import say
from tests.generator.contracts import schemas
from tests.generator.contracts.models import (
    RefusedError,
    forget,
    model_of,
    producer_takes,
    type_of,
    worker_takes,
)

pytestmark = [pytest.mark.long, pytest.mark.drawn]

SCHEMAS = count("MODEL_SCHEMAS", 150, 1_200)
INSTANCES = 18
FEWEST_PAIRS = 8 * SCHEMAS

counted: Counter[str] = Counter()


@settings(
    max_examples=SCHEMAS, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
@given(st.data())
def test_model_and_library_agree(data: st.DataObject) -> None:
    """The producer's verdict is the closed schema's, the worker's is the open schema's."""
    schema = data.draw(schemas.payloads())
    try:
        kind = type_of(schema)
    except RefusedError as refused:
        counted["refused"] += 1
        reasons = refused.reasons
    else:
        _compare(data, schema, kind)
        return
    assert all(map(_allowed, reasons)), reasons


def _compare(data: st.DataObject, schema: schemas.Json, kind: Object) -> None:
    model = model_of(kind)
    strict, open_ = schemas.library(schemas.closed(schema)), schemas.library(schemas.opened(schema))
    drawn: Any = data.draw(
        st.lists(schemas.instances(schema, kind), min_size=INSTANCES, max_size=INSTANCES)
    )
    for document in drawn:
        counted["pairs"] += 1
        valid, readable = strict.is_valid(document), open_.is_valid(document)
        counted["valid"] += valid
        assert producer_takes(model, document) == valid, document
        assert worker_takes(model, document) == readable, document
        assert fits(document, kind) == valid, document
        assert fits(document, kind, tolerant=True) == readable, document
    forget(model)


@pytest.fixture(autouse=True, scope="module")
def _said() -> Iterator[None]:
    yield
    say(f"models against jsonschema: {dict(counted)}")
    assert counted["pairs"] >= FEWEST_PAIRS
    assert counted["valid"] >= FEWEST_PAIRS / 5


def _allowed(reason: str) -> bool:
    """Say whether a schema made at random may well be refused for this."""
    return any(
        said in reason for said in ("no value can fit", "cannot", "lower bound", "can both be")
    )

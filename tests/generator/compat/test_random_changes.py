"""The gate is right about any two payloads: no counterexample, a witness for what it refuses."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.contracts.comparison.differences import refusing
from generator.contracts.instances import fits
from generator.contracts.samples import samples
from generator.contracts.types import NO_DEFAULT, Object
from tests.chance import count
from tests.figures import say
from tests.generator.compat.changes import Json, pairs
from tests.generator.contracts import schemas
from tests.generator.contracts.models import (
    RefusedError,
    forget,
    model_of,
    type_of,
    worker_takes,
)

pytestmark = [pytest.mark.drawn, pytest.mark.long]

PAIRS = count("GATE_PAIRS", 800, 5_200)
FEWEST_COMPATIBLE = PAIRS // 4
LEAST_WITNESSED = 0.95

counted: Counter[str] = Counter()
printed: list[str] = []


@settings(max_examples=PAIRS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(pairs(), st.data())
def test_verdict_holds_for_every_instance(pair: tuple[Json, Json], data: st.DataObject) -> None:
    """A change judged compatible breaks no message, one judged breaking breaks the one it shows."""
    try:
        old, new = (type_of(schema) for schema in pair)
    except RefusedError:
        return
    found = list(refusing(old, new))
    if found:
        _witnessed(pair, old, new)
        return
    documents: list[Json] = list(islice(samples(old), 40))
    drawn: list[Json] = data.draw(st.lists(schemas.instances(pair[0], old), min_size=4, max_size=4))
    documents += [document for document in drawn if fits(document, old)]
    if not documents:
        return
    counted["compatible"] += 1
    counted["instances"] += len(documents)
    model = model_of(new)
    for document in documents:
        assert worker_takes(model, document), document
    forget(model)


def _witnessed(pair: tuple[Json, Json], old: Object, new: Object) -> None:
    counted["breaking"] += 1
    for difference in refusing(old, new):
        document = difference.witness()
        if document is not NO_DEFAULT:
            assert fits(document, old), (difference, document)
            assert not fits(document, new, tolerant=True), (difference, document)
            counted["witnessed"] += 1
            printed.append(json.dumps(document))
            return
    counted[f"without a witness: {next(refusing(old, new)).rule}"] += 1
    printed.append(f"no witness: {json.dumps(pair)}")


@pytest.fixture(autouse=True, scope="module")
def _said() -> Iterator[None]:
    yield
    share = counted["witnessed"] / max(1, counted["breaking"])
    shortest = [
        f"  such as {line[:200]}"
        for line in sorted((p for p in printed if len(p) > 40), key=len)[:3]
    ]
    say(f"payload gate: {dict(counted)}, {share:.1%} with a witness", *shortest)
    assert counted["compatible"] >= FEWEST_COMPATIBLE
    assert counted["witnessed"] >= LEAST_WITNESSED * counted["breaking"]

"""The payload that documents show: one that fits, or none; whatever the contract allows."""

import pytest

from generator.contracts.examples import example_payload
from generator.contracts.finite import inhabited
from generator.contracts.instances import fits
from tests import chance
from tests.generator.compat.test_small_worlds import value
from tests.generator.contracts.models import RefusedError, type_of

pytestmark = pytest.mark.drawn

PAYLOADS = chance.count("EXAMPLES", 400, 5_000)
EMPTY = {"type": "array", "items": {"type": "null"}, "minItems": 2, "uniqueItems": True}
UNKNOWN = {"type": "string", "pattern": "b^"}


def test_an_example_fits_or_is_left_out() -> None:
    """Also of a property that no value fits, and of one whose values nobody can write."""
    draw = chance.drawer(__name__)
    left_out = 0
    for _ in range(PAYLOADS):
        odd = draw.choice([EMPTY, UNKNOWN, *(value(draw, 2) for _ in range(6))])
        properties = {"id": {"type": "string"}, "a": odd, "b": value(draw, 1)}
        required = draw.choice([["id"], ["id", "a"], ["id", "a", "b"]])
        try:
            kind = type_of({"type": "object", "required": required, "properties": properties})
        except RefusedError:
            continue
        found = example_payload(kind)
        left_out += found is None

        assert found is None or fits(found, kind)
        assert found is not None or odd == UNKNOWN or not inhabited(kind)
    assert left_out

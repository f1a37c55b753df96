"""Equal work has an equal key, however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs.contract.keys import canonical_json, named_key, payload_key
from clarivum_jobs.contract.payload import JobContract

CONTRACT = JobContract(name="any", version=1, key=("first", "second"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES))
def test_order_of_properties_does_not_matter(value: dict[str, object]) -> None:
    """Two spellings of one object are one text, in ASCII."""
    turned = dict(reversed(value.items()))

    assert canonical_json(value) == canonical_json(turned)
    assert canonical_json(value).isascii()


@given(st.tuples(VALUES, VALUES), st.tuples(VALUES, VALUES))
def test_keys_are_equal_exactly_when_the_values_are(
    one: tuple[object, object], other: tuple[object, object]
) -> None:
    """No two different pairs run together."""
    keys = [payload_key(CONTRACT, {"first": a, "second": b}) for a, b in (one, other)]

    assert (keys[0] == keys[1]) == (canonical_json(one) == canonical_json(other))


def test_other_fields_and_the_job_do_not_enter_the_key() -> None:
    """The key is the values of the named fields; the job stands before it in the table."""
    fields = {"first": 1, "second": "x"}

    assert payload_key(CONTRACT, fields) == payload_key(CONTRACT, {**fields, "third": 3})


def test_absent_field_counts_as_null() -> None:
    """A field that was not given and one that is null are the same work."""
    assert payload_key(CONTRACT, {"first": 1}) == payload_key(
        CONTRACT, {"first": 1, "second": None}
    )


def test_key_of_a_payload_never_changes() -> None:
    """A known value: another spelling would run work again that was done before an update."""
    expected = "135f17a475a61afdeeaf3759ad2e45ad1c7abb192395abe47e41fc8e395dc1a9"

    assert payload_key(CONTRACT, {"first": "a", "second": 1}) == expected


def test_name_is_no_payload() -> None:
    """A name cannot be made to collide with key fields."""
    single = JobContract(name="any", version=1, key=("name",))

    assert named_key("x") != payload_key(single, {"name": "x"})


def test_value_outside_json_is_refused() -> None:
    """NaN has no spelling."""
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))

"""Equal values that are spelt differently have one key; unequal ones never share it."""

import datetime as dt
import itertools
import uuid
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContract, Payload, enqueue
from clarivum_jobs.contract.constraints import Anything, Items, Number
from clarivum_jobs.contract.formats import Date, DateTime, Time, Uuid
from clarivum_jobs.contract.keys import one_form, payload_key
from clarivum_jobs.contract.reading import read_strictly
from tests.simulator.sample import Sample, sample

UUID = "abcdef12-3456-4234-8234-123456789abc"


class Keyed(Payload):
    """Every field belongs to the key."""

    contract: ClassVar[JobContract] = JobContract(
        name="keyed", version=1, key=("at", "time", "day", "id", "number", "any", "many")
    )
    at: DateTime | None = None
    time: Time | None = None
    day: Date | None = None
    id: Uuid | None = None
    number: Number = 0
    any: Anything = None
    many: Items[Number] = (1.0, 2)


def key(**given: object) -> str:
    """Return the key of a payload that comes as JSON."""
    payload = read_strictly(Keyed, given)
    return payload_key(Keyed.contract, payload.model_dump())


OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
MOMENTS = st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29))  # noqa: DTZ001 - made aware below


@given(
    MOMENTS, OFFSETS, OFFSETS, st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(hours=9))
)
def test_one_instant_has_one_key_in_every_zone(
    naive: dt.datetime, one: dt.timezone, other: dt.timezone, later: dt.timedelta
) -> None:
    """A moment is the same work wherever it is told; a microsecond later is other work."""
    moment = naive.replace(tzinfo=dt.UTC)
    keys = {key(at=moment.astimezone(zone).isoformat()) for zone in (dt.UTC, one, other)}

    assert keys == {key(at=moment.isoformat().replace("+00:00", "z").replace("T", "t"))}
    assert key(at=(moment - later).astimezone(one).isoformat()) not in keys


@given(st.times(), OFFSETS, OFFSETS)
def test_one_time_of_day_has_one_key_in_every_zone(
    naive: dt.time, one: dt.timezone, other: dt.timezone
) -> None:
    """Likewise without a day."""
    moment = dt.datetime.combine(dt.date(2026, 3, 1), naive, dt.UTC)
    keys = {key(time=moment.astimezone(zone).timetz().isoformat()) for zone in (dt.UTC, one, other)}

    assert len(keys) == 1


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_has_one_key_with_and_without_a_point(number: int) -> None:
    """At any depth: JSON knows one number only."""
    pairs: list[tuple[Any, Any]] = [
        (number, float(number)),
        ([number], [float(number)]),
        ({"a": [{"b": number}]}, {"a": [{"b": float(number)}]}),
    ]

    assert key(number=number) == key(number=float(number))
    for one, other in pairs:
        assert key(any=one) == key(any=other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"any": 0.0}, {"any": -0.0}),
        ({"any": 1e16}, {"any": 10**16}),
        ({}, {"many": [1, 2]}),
        ({}, {"many": [1.0, 2.0]}),
        ({"id": UUID.upper()}, {"id": UUID}),
        ({"at": "2026-03-01T10:00:00Z"}, {"at": "2026-03-01T11:00:00.000+01:00"}),
        ({"at": None}, {}),
    ],
)
def test_equal_values_have_one_key(one: dict[str, object], other: dict[str, object]) -> None:
    """Spellings that were seen, defaults among them."""
    assert key(**one) == key(**other)


def test_different_values_have_different_keys() -> None:
    """No form runs two values together: text, numbers, truth values, absence."""
    values: list[Any] = [1, "1", True, False, 0, None, "", [], {}, [1], ["1"], "2026-03-01", 0.5]

    for one, other in itertools.combinations(values, 2):
        assert key(any=one) != key(any=other), (one, other)


def test_form_of_typed_values() -> None:
    """What producers of other languages have to write."""
    berlin = dt.timezone(dt.timedelta(hours=1))
    typed = {
        "at": dt.datetime(2026, 3, 1, 11, 0, 0, 100_000, berlin),
        "time": dt.time(0, 30, tzinfo=berlin),
        "day": dt.date(2026, 3, 1),
        "id": uuid.UUID(UUID),
        "many": (1.0, -0.0, 0.5, 1e300),
    }

    assert one_form(typed) == {
        "at": "2026-03-01T10:00:00.100000Z",
        "time": "23:30:00Z",
        "day": "2026-03-01",
        "id": UUID,
        "many": [1, 0, 0.5, int(1e300)],
    }


def test_an_empty_name_is_no_key() -> None:
    """It would make one piece of work of all that bears it, or be taken for none."""
    with sample(), pytest.raises(ValueError, match="must not be empty"):
        enqueue(Sample(name="x"), key="")

"""Moments that are finer than Python has them: read, kept, written and keyed with every digit."""

import datetime as dt
import json
import pickle
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContract, Payload
from clarivum_jobs.contract.formats import DateTime, Time
from clarivum_jobs.contract.keys import payload_key
from clarivum_jobs.contract.moments import Moment, moment, time_of_day
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.privacy.sensitive import _leaves

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59)
MOMENTS = st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29))  # noqa: DTZ001 - of any zone
DIGITS = st.text("0123456789", min_size=1, max_size=20)


class Timed(Payload):
    """Both kinds, in the key."""

    contract: ClassVar[JobContract] = JobContract(name="timed", version=1, key=("at", "time"))
    at: DateTime | None = None
    time: Time | None = None


def key(**given: str) -> str:
    """Return the key of a payload that comes as JSON."""
    return payload_key(Timed.contract, read_strictly(Timed, given).model_dump())


def told(naive: dt.datetime, minutes: int, digits: str) -> str:
    """Return an instant of UTC, with digits behind its second, as a zone tells it."""
    local = naive.replace(microsecond=0, tzinfo=dt.UTC).astimezone(
        dt.timezone(dt.timedelta(minutes=minutes))
    )
    return local.isoformat().replace(local.isoformat()[19:], f".{digits}{local.isoformat()[19:]}")


@given(MOMENTS, DIGITS, OFFSETS, OFFSETS, st.integers(0, 5))
def test_one_instant_has_one_key_however_fine_it_is(
    naive: dt.datetime, digits: str, one: int, other: int, zeros: int
) -> None:
    """In every zone, and with zeros behind its last digit or without them."""
    padded = digits + "0" * zeros

    assert key(at=told(naive, one, digits)) == key(at=told(naive, other, padded))
    clock = [told(naive, minutes, padded)[11:] for minutes in (one, other)]
    assert key(time=clock[0]) == key(time=clock[1])


@given(MOMENTS, DIGITS, DIGITS, OFFSETS)
def test_two_instants_never_have_one_key(
    naive: dt.datetime, digits: str, other: str, minutes: int
) -> None:
    """Not even if they are equal to the microsecond."""
    same = digits.rstrip("0") == other.rstrip("0")
    for one, two in ((digits, other), (f"123456{digits}", f"123456{other}")):
        keys = {key(at=told(naive, minutes, n)) for n in (one, two)}
        assert len(keys) == (1 if same else 2)


@given(MOMENTS, DIGITS, OFFSETS)
def test_a_message_is_written_as_it_was_read(naive: dt.datetime, digits: str, minutes: int) -> None:
    """Again and again, in copies as well, and as Python's own type where that is enough."""
    text = told(naive, minutes, digits)
    payload = read_strictly(Timed, {"at": text, "time": text[11:]})
    again = read_strictly(Timed, json.loads(payload.model_dump_json(exclude_none=True)))

    assert again == payload
    for made in (again, payload.model_copy(deep=True), pickle.loads(pickle.dumps(payload))):  # noqa: S301 - our own
        assert made.model_dump_json() == payload.model_dump_json()
    found = payload.at
    assert found is not None
    if len(digits.rstrip("0")) > 6:
        assert digits.rstrip("0") in payload.model_dump_json()
        assert found.isoformat().startswith(text[:20] + digits.rstrip("0"))
    else:
        assert type(found) is dt.datetime
    assert found.microsecond == int(digits[:6].ljust(6, "0"))


def test_a_leap_second_is_itself() -> None:
    """Neither the second before it nor the one behind it; Python computes with the former."""
    leap, before, behind = (
        key(at=f"{text}") for text in
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z")
    )  # fmt: skip
    found = moment("2016-12-31T23:59:60.5Z")

    assert len({leap, before, behind}) == 3
    assert leap == key(at="2017-01-01T00:59:60+01:00")
    assert found == dt.datetime(2016, 12, 31, 23, 59, 59, 500_000, dt.UTC)
    assert found.isoformat() == "2016-12-31T23:59:60.5+00:00"
    assert found + dt.timedelta(0) == found
    assert time_of_day("23:59:60Z").isoformat() == "23:59:60+00:00"


def test_what_is_computed_has_pythons_own_precision() -> None:
    """Digits that nobody has computed are never shown."""
    found = moment("2026-01-31T09:30:00.123456789Z")

    assert isinstance(found, Moment)
    assert str(found) == "2026-01-31 09:30:00.123456789+00:00"
    assert (found + dt.timedelta(hours=1)).isoformat() == "2026-01-31T10:30:00.123456+00:00"
    assert found.astimezone(dt.timezone(dt.timedelta(hours=1))).second == 0
    assert found.isoformat(timespec="seconds") == "2026-01-31T09:30:00+00:00"


def test_a_sensitive_moment_is_known_in_all_digits_and_in_pythons() -> None:
    """What a log could hold of it."""
    texts = set(_leaves(moment("2026-01-31T09:30:00.123456789Z")))

    assert {"2026-01-31T09:30:00.123456789Z", "2026-01-31 09:30:00.123456+00:00"} <= texts

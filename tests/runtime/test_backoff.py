"""Waits grow, are spread, and never pass the cap."""

import datetime as dt
import math
from decimal import Decimal
from email.utils import format_datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs.core.backoff import asked_wait, longest_wait, wait


def test_bound_doubles_up_to_the_cap() -> None:
    """10, 20, 40 ... and then the cap."""
    bounds = [longest_wait(attempt, base=10, cap=100) for attempt in range(1, 7)]

    assert bounds == [10, 20, 40, 80, 100, 100]


@given(st.integers(1, 10_000), st.integers(1, 900), st.integers(1, 100_000))
def test_wait_is_a_whole_number_of_seconds_within_its_bound(
    attempt: int, base: int, cap: int
) -> None:
    """SQS takes nothing else, and nobody waits longer than 15 minutes."""
    assert 1 <= wait(attempt, base=base, cap=cap) <= min(cap, 900)


def test_waits_use_the_whole_span() -> None:
    """Full jitter: messages that failed together come back apart."""
    waits = {wait(5, base=10, cap=900) for _ in range(2000)}

    assert min(waits) <= 10
    assert max(waits) >= 150
    assert len(waits) > 100


@given(st.floats(allow_nan=False) | st.integers(-(10**30), 10**30), st.integers(1, 900))
def test_wait_that_was_asked_for_stays_within_the_cap(seconds: float, cap: int) -> None:
    """It is granted in full up to the cap, however it is spelt."""
    granted = asked_wait(seconds, cap=cap)

    assert granted is not None
    assert 1 <= granted <= cap
    assert granted >= min(seconds, cap)
    assert asked_wait(str(seconds), cap=cap) == granted


@given(
    st.text(alphabet="abc:;,")
    | st.sampled_from([math.nan, "nan", None, True, [30], b"30", object(), ""])
)
def test_what_is_no_span_of_time_asks_for_nothing(asked: object) -> None:
    """The job's own backoff decides then."""
    assert asked_wait(asked, cap=900) is None


def test_a_time_span_is_as_good_as_seconds() -> None:
    """A handler may say it as Python does."""
    assert asked_wait(dt.timedelta(minutes=2), cap=900) == 120


@given(st.integers(-(10**6), 10**6), st.booleans())
def test_a_moment_in_a_header_is_as_good_as_seconds(later: int, with_zone: bool) -> None:  # noqa: FBT001
    """`Retry-After` may give a date; one without a zone is in UTC, as HTTP has it."""
    until = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(seconds=later)
    written = format_datetime(until, usegmt=True)
    granted = asked_wait(written if with_zone else written.removesuffix(" GMT"), cap=900)

    assert granted is not None
    assert 1 <= granted <= 900
    assert abs(granted - min(max(later, 1), 900)) <= 2


@given(st.decimals(allow_nan=False) | st.fractions(), st.integers(1, 900))
def test_exact_numbers_are_seconds_too(asked: Decimal | Fraction, cap: int) -> None:
    """However large."""
    granted = asked_wait(asked, cap=cap)

    assert granted is not None
    assert min(1 if asked <= 0 else asked, cap) <= granted <= cap

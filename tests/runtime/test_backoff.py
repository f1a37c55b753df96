"""Waits grow, are spread, and never pass the cap."""

from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs.backoff import asked_wait, longest_wait, wait


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


@given(st.floats(-10, 1e6))
def test_wait_that_was_asked_for_stays_within_the_cap(seconds: float) -> None:
    """It is granted in full up to the cap."""
    granted = asked_wait(seconds, cap=900)

    assert 1 <= granted <= 900
    assert granted >= min(seconds, 900)

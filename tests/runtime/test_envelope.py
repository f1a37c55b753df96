"""A message read is the message written, and the trace goes on."""

import datetime as dt
import re

import pytest

from clarivum_jobs.contract.envelope import Envelope, parse
from clarivum_jobs.core import traceparent

FORMAT = re.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"


def test_envelope_survives_the_journey() -> None:
    """Every attribute comes back equal."""
    envelope = Envelope(
        id="job-1",
        source="clarivum/test",
        type="jobs.any",
        time=dt.datetime(2026, 1, 1, 4, 30, 0, 250_000, tzinfo=dt.UTC),
        idempotencykey="0" * 64,
        contractversion=3,
        data={"deep": [{"ä": None, "n": 1.5}], "null": None},
    )

    assert parse(envelope.to_json()) == envelope
    assert '"time":"2026-01-01T04:30:00.250000Z"' in envelope.to_json()


def test_trace_of_the_caller_is_continued_in_a_new_span() -> None:
    """The trace id and its flags stay, the span is new."""
    child = traceparent.continued(PARENT)

    assert FORMAT.fullmatch(child)
    assert (child[:36], child[-2:]) == (PARENT[:36], "00")
    assert child[36:52] != PARENT[36:52]


@pytest.mark.parametrize(
    "parent",
    [
        "",
        "nonsense",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
    ],
)
def test_what_is_no_trace_starts_a_new_one(parent: str) -> None:
    """Garbage from outside is dropped, not carried on."""
    made = traceparent.continued(parent)

    assert FORMAT.fullmatch(made)
    assert "4bf92f3577b34da6" not in made
    assert made != traceparent.continued(parent)


@pytest.mark.parametrize("number", range(256))
def test_only_flags_that_are_known_are_passed_on(number: int) -> None:
    """Sampled and random are handed on, every other bit is unset; so a later version's too."""
    for version, more in (("00", ""), ("01", "-more")):
        made = traceparent.continued(f"{version}{PARENT[2:52]}-{number:02x}{more}")

        assert made.startswith(PARENT[:36])
        assert made.endswith(f"-{number & 3:02x}")


def test_work_in_hand_is_the_parent_of_what_it_enqueues() -> None:
    """Inside the block the span need not be passed along; after it it is forgotten."""
    with traceparent.within(PARENT):
        assert traceparent.continued()[:36] == PARENT[:36]
    assert traceparent.continued()[:36] != PARENT[:36]

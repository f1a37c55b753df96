"""The whole explanation of a job in one environment, as text and as data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.explain.fires import Fires
from generator.explain.values import Value
from generator.hearing import Hearing
from generator.manifest.timeline import Timeline
from generator.manifest.types import span


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say about a job in some environments that agree.

    Attributes:
        job: Its name.
        environments: Where all of this holds.
        values: Its values and where they come from.
        timeline: What happens to a message.
        fires: When its schedules fire next.
        dead_letter_retention: Seconds a dead letter is kept.
        hearings: When on-call hears of each way to fail.
        bearable: How long an outage of what may be, and what then becomes of messages.
    """

    job: str
    environments: tuple[str, ...]
    values: tuple[Value, ...]
    timeline: Timeline
    fires: tuple[Fires, ...]
    dead_letter_retention: int
    hearings: tuple[Hearing, ...]
    bearable: tuple[tuple[str, str], ...]


def as_text(explanation: Explanation) -> str:
    """Return the explanation for a terminal."""
    title = f"{explanation.job} in {', '.join(explanation.environments)}"
    lines = [title, "=" * len(title), "", "Values"]
    lines += _columns((value.name, value.text, value.origin) for value in explanation.values)
    lines += ["", *_timeline(explanation)]
    lines += ["", "On-call hears, even if there is one message only"]
    lines += _columns((hearing.failure, hearing.text) for hearing in explanation.hearings)
    lines += ["", "Longest bearable outage"]
    lines += _columns(explanation.bearable)
    for fires in explanation.fires:
        note = f", {fires.note}" if fires.note else ""
        lines += ["", f"Schedule {fires.name}: {fires.expression} in {fires.timezone}{note}"]
        lines += [f"  {moment:%a %Y-%m-%d %H:%M %Z}" for moment in fires.moments]
    return "\n".join(lines) + "\n"


def as_data(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as JSON can hold it; times in seconds since the message was sent."""
    timeline = explanation.timeline
    return {
        "job": explanation.job,
        "environments": list(explanation.environments),
        "values": {
            value.name: {"value": value.text, "origin": value.origin}
            for value in explanation.values
        },
        "attempts": [
            {
                "number": attempt.number,
                "earliest": attempt.earliest,
                "failing": attempt.failing,
                "killed": attempt.killed,
            }
            for attempt in timeline.attempts
        ],
        "dead_letter": {"earliest": timeline.dead_earliest, "latest": timeline.dead_latest},
        "expires": {
            "message": timeline.message_expires,
            "dead_letter_parked": timeline.parked_expires,
            "dead_letter_moved": timeline.moved_expires,
            "record": timeline.record_lapses,
        },
        "hearings": [
            {
                "failure": hearing.failure,
                "alarm": hearing.alarm or None,
                "after": hearing.after if hearing.alarm else None,
            }
            for hearing in explanation.hearings
        ],
        "bearable": dict(explanation.bearable),
        "schedules": [
            {
                "name": fires.name,
                "expression": fires.expression,
                "timezone": fires.timezone,
                "note": fires.note,
                "fires": [moment.isoformat() for moment in fires.moments],
            }
            for fires in explanation.fires
        ],
    }


def _timeline(explanation: Explanation) -> Iterator[str]:
    timeline = explanation.timeline
    yield "A message that fails, from its sending on, while a worker is free to take it"
    yield from _columns(
        (
            ("attempt", "earliest", "at the latest", "if killed"),
            *(
                (
                    str(attempt.number),
                    span(attempt.earliest),
                    span(attempt.failing),
                    span(attempt.killed),
                )
                for attempt in timeline.attempts
            ),
        )
    )
    yield ""
    kept = span(explanation.dead_letter_retention)
    yield from _columns(
        (
            (
                "dead-letter queue",
                f"after {span(timeline.dead_earliest)} if it is refused for good",
            ),
            ("", f"after {span(timeline.dead_latest)} at worst, everything included"),
            ("message expires", f"after {span(timeline.message_expires)}, if nobody takes it"),
            ("dead letter expires", f"{kept} after it was parked by the worker"),
            ("", f"{kept} after the message was sent, if SQS moved it"),
            ("record lapses", f"after {span(timeline.record_lapses)}: the key runs again"),
        )
    )


def _columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield lines with their cells under each other."""
    table = list(rows)
    widths = [max(len(row[index]) for row in table) for index in range(len(table[0]))]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()

"""The next fires of a schedule, as a person would read them from a calendar."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.manifest.resolved import Schedule

COUNT = 5


@dataclass(frozen=True, slots=True)
class Fires:
    """When a schedule fires next.

    Attributes:
        name: The schedule.
        expression: As EventBridge Scheduler has it.
        timezone: Zone that it is meant in.
        note: What the moments are counted from, where that is not the calendar.
        moments: The next fires in the zone, at most five.
    """

    name: str
    expression: str
    timezone: str
    note: str
    moments: tuple[datetime, ...]


def fires_of(schedule: Schedule, after: datetime) -> Fires:
    """Return the next fires of a right schedule after a moment."""
    from generator.schedules import (  # noqa: PLC0415 - many jobs have no schedule
        load_zone,
        next_fires,
        parse_at,
        parse_cron,
        parse_rate,
    )

    zone_name = schedule.timezone or "UTC"
    zone = load_zone(zone_name)
    ((kind, text),) = schedule.triggers.items()
    note, moments = "", list[datetime]()
    if kind == "cron":
        moments = next_fires(parse_cron(text), zone, after, COUNT)
    elif kind == "at":
        moment = parse_at(text).replace(tzinfo=zone)
        moments = [moment] if moment.astimezone(UTC) > after else []
    else:
        step = timedelta(seconds=parse_rate(text).seconds)
        moments = [(after + step * number).astimezone(zone) for number in range(1, COUNT + 1)]
        note = "if it is deployed now"
    if not schedule.enabled:
        note = "disabled: none of these comes"
    return Fires(schedule.name, schedule.expression, zone_name, note, tuple(moments))

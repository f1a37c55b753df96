"""From a schedule to what an alarm must watch to hear of a run that does not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from generator.manifest.resolved import Schedule
from generator.schedules import load_zone, parse_at, parse_cron, parse_rate
from generator.schedules.cron import Cron
from generator.schedules.problem import ExpressionError
from generator.watch.clock import HORIZON, Zone, within, zone_of
from generator.watch.days import days_of
from generator.watch.windows import DAY, PATIENCE, patience_for, windows

RUNS = "runs"
"""Id of the metric that counts the schedule's runs; every expression begins with its time."""

LONGEST_EXPRESSION = 2048
LONGEST_DUE = LONGEST_EXPRESSION - len(f"() > {RUNS}")
MOST_EXPRESSIONS = 10
"""CloudWatch allows so many in an alarm; the last compares `due` with the runs."""

_MINUTE, _HOUR = 60, 3600
_LONGEST_IN_MINUTES = DAY
_LONGEST_IN_HOURS = 7 * 24
"""CloudWatch looks back a day in periods below an hour, and seven in longer ones."""

_ALWAYS = f"MINUTE({RUNS}) >= 0"


@dataclass(frozen=True, slots=True)
class Watch:
    """What an alarm must watch.

    Attributes:
        steps: Expressions by id, on which `due` and each other build.
        due: Expression that is 1 in each period in which a run may be missing.
        period: Seconds of a period.
        periods: How many periods in a row, due and without a run, are a miss.
        after: Seconds after a run was due at which it is missed for sure, metrics' delay left out.
    """

    steps: Mapping[str, str]
    due: str
    period: int
    periods: int
    after: int


def watch_of(schedule: Schedule) -> Watch | None:
    """Return how to hear of a schedule's missed runs; None where CloudWatch cannot tell.

    A schedule that is switched off misses nothing, and of a wrong one the rules speak.
    """
    if not schedule.enabled or len(schedule.triggers) != 1:
        return None
    try:
        return _watch(schedule, *schedule.triggers.items())
    except (ExpressionError, KeyError):
        return None


def _watch(schedule: Schedule, trigger: tuple[str, str]) -> Watch | None:
    kind, text = trigger
    if kind == "rate":
        return _silence(parse_rate(text).seconds)
    if kind == "at":
        moment = parse_at(text).replace(tzinfo=load_zone(schedule.timezone or "UTC"))
        begin = int(moment.astimezone(UTC).timestamp())
        span = within(((begin, begin + PATIENCE * _MINUTE),), RUNS)
        return Watch({}, span, _MINUTE, PATIENCE, PATIENCE * _MINUTE)
    zone = zone_of(schedule.timezone or "UTC")
    return _calendar(parse_cron(text), zone) if zone else None


def _silence(seconds: int) -> Watch | None:
    """A rate counts from its making, which nobody knows before: only the time between is known."""
    minutes = seconds // _MINUTE + PATIENCE
    if minutes <= _LONGEST_IN_MINUTES:
        # The minute of the last run itself is no silence yet.
        return Watch({}, _ALWAYS, _MINUTE, minutes, (PATIENCE + 1) * _MINUTE)
    hours = -(-minutes * _MINUTE // _HOUR)
    if hours > _LONGEST_IN_HOURS:
        return None
    # Beyond a day CloudWatch looks once an hour, at whole hours.
    return Watch({}, _ALWAYS, _HOUR, hours, (hours + 1) * _HOUR - seconds)


def _calendar(cron: Cron, zone: Zone) -> Watch | None:
    """A cron expression names times, which the zone's clock is compared with."""
    days = days_of(cron)
    times = [hour * 60 + minute for hour in cron.hours for minute in cron.minutes]
    patience = patience_for(times)
    years = set(range(*HORIZON))
    if days is None or patience is None or not years <= set(cron.years):
        return None
    hourly = len(cron.hours) == DAY // 60 and not days.conditions
    cycle = 60 if hourly else DAY
    steps = _clock(zone, times[0], cycle)
    steps["time"] = f"local - {cycle} * FLOOR(local / {cycle})"
    if days.conditions:
        steps["day"] = f"FLOOR(local / {DAY})"
    steps |= days.steps
    begins = [time - times[0] for time in (cron.minutes if hourly else times)]
    conditions = [_in(windows(begins, patience, cycle)), *days.conditions]
    if zone.repeated and _meets_repeated(times, patience, zone):
        steps["twice"] = within(zone.repeated, RUNS)
        conditions.append("twice == 0")
    due = " AND ".join(conditions)
    longest = max(len(text) for text in (*steps.values(), due))
    if len(steps) >= MOST_EXPRESSIONS or longest > LONGEST_DUE:
        return None
    return Watch(steps, due, _MINUTE, patience, patience * _MINUTE)


def _clock(zone: Zone, first: int, cycle: int) -> dict[str, str]:
    """Return the steps to the minutes since 1970 by the zone's clock; a cycle begins at `first`."""
    ahead = zone.offset - first
    local = f"FLOOR(EPOCH({RUNS}) / {_MINUTE}) + {ahead}".replace("+ -", "- ")
    if not zone.seasons or zone.shift % cycle == 0:
        return {"local": local}
    season = within(zone.seasons, RUNS)
    return {"season": season, "local": f"{local} + {zone.shift} * season"}


def _in(spans: tuple[tuple[int, int], ...]) -> str:
    """Return the condition that the time of the day is in one of some windows."""
    texts = [
        f"(time >= {begin} AND time < {end})" if begin else f"time < {end}" for begin, end in spans
    ]
    return f"({' OR '.join(texts)})" if len(texts) > 1 else texts[0]


def _meets_repeated(times: list[int], patience: int, zone: Zone) -> bool:
    """Whether a run may be awaited at a time of the day that the clock shows twice in autumn.

    Scheduler runs once then; at which of the two times is not documented.
    """
    begins = {(begin // _MINUTE + zone.offset + zone.shift) % DAY for begin, _ in zone.repeated}
    return any(
        (time - begin) % DAY < zone.shift or (begin - time) % DAY < patience
        for begin in begins
        for time in times
    )

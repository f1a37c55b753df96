"""When a schedule of the emulator is due, and what it sends: zones and placeholders, as on AWS.

Loaded by the emulator's own interpreter, so it needs nothing but Python.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

NextFire = Callable[[str, dt.datetime], dt.datetime | None]
"""Returns the first time of a `cron()` after a time; it knows of no zones, both are as in UTC."""

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}


def due(
    schedule: Mapping[str, Any], last: float | None, since: float, now: float, cron: NextFire
) -> float | None:
    """Return for which moment a schedule is to fire now; none if for none.

    What was missed while nobody looked does not come: of several the latest fires.

    Args:
        schedule: As the emulator holds it.
        last: The moment that it fired for last; none if it never did.
        since: From when on it counts: when it was made, or the emulator began.
        now: The time; like all of these in seconds since the epoch.
        cron: Evaluates a `cron()`.
    """
    expression = str(schedule.get("ScheduleExpression", "")).strip()
    zone = ZoneInfo(schedule.get("ScheduleExpressionTimezone") or "UTC")
    if expression.startswith("at("):
        moment = _moment(dt.datetime.fromisoformat(expression[3:-1]), zone)
        return moment if last is None and moment is not None and moment <= now else None
    if rate := _RATE.fullmatch(expression):
        step = int(rate[1]) * _SECONDS[rate[2]]
        # A rate begins when the schedule is made.
        after = float(schedule.get("CreationDate") or since)
        moment = after + (now - after) // step * step
        return moment if now >= after and (last is None or moment > last) else None
    return _cron(expression, zone, last or since, now, cron)


def _cron(
    expression: str, zone: ZoneInfo, after: float, now: float, cron: NextFire
) -> float | None:
    found = None
    local = dt.datetime.fromtimestamp(after, zone).replace(tzinfo=dt.UTC)
    while (upcoming := cron(expression, local)) is not None:
        local = upcoming
        moment = _moment(upcoming.replace(tzinfo=None), zone)
        if moment is None or moment <= after:
            continue  # the hour that spring leaves out; the one that autumn has shown already
        if moment > now:
            break
        found = moment
    return found


def _moment(local: dt.datetime, zone: ZoneInfo) -> float | None:
    """Return when a clock in a zone shows a time, the first time; none if it never does."""
    there = local.replace(tzinfo=zone)
    seconds = there.timestamp()
    shown = dt.datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)
    return seconds if shown == local else None


def filled(text: str, arn: str, moment: float) -> str:
    """Return an input with what Scheduler fills in."""
    told = dt.datetime.fromtimestamp(moment, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {
        "scheduled-time": told,
        "schedule-arn": arn,
        "execution-id": str(uuid.uuid4()),
        "attempt-number": "1",
    }
    for name, value in values.items():
        text = text.replace(f"<aws.scheduler.{name}>", value)
    return text

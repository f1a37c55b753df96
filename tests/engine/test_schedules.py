"""The emulator's schedules fire when Scheduler's do, and send what Scheduler sends."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from envs.local.engine import emulator, ticks
from envs.local.engine.clients import ACCOUNT, Aws
from generator.schedules import next_fires, parse_cron

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
CRONS = ["0 * * * ? *", "30 2 * * ? *", "15 1,2,3 * * ? *", "0 12 ? * MON-FRI *", "*/20 * L * ? *"]


def upcoming(expression: str, after: dt.datetime) -> dt.datetime | None:
    """Evaluate a cron expression by the generator's calendar, in UTC as the emulator does."""
    cron = parse_cron(expression.removeprefix("cron(").removesuffix(")"))
    return next_fires(cron, ZoneInfo("UTC"), after, 1)[0]


@given(
    zone=st.sampled_from(ZONES),
    cron=st.sampled_from(CRONS),
    # Around the changes of the clock in spring and autumn, and in between.
    start=st.sampled_from([1_774_650_000, 1_792_800_000, 1_772_900_000, 1_780_000_000]),
    hours=st.integers(0, 72),
)
def test_a_cron_is_due_when_the_calendar_of_its_zone_says(
    zone: str, cron: str, start: int, hours: int
) -> None:
    """Asked each minute, it fires for exactly the moments that the generator's calendar has."""
    schedule = {"ScheduleExpression": f"cron({cron})", "ScheduleExpressionTimezone": zone}
    since = float(start + hours * 3600)
    after = dt.datetime.fromtimestamp(since, dt.UTC)
    wanted = [one.timestamp() for one in next_fires(parse_cron(cron), ZoneInfo(zone), after, 3)]
    last, fired = None, []
    for moment in wanted:
        assert ticks.due(schedule, last, since, moment - 1, upcoming) is None
        last = ticks.due(schedule, last, since, moment + 1, upcoming)
        fired.append(last)

    assert fired == wanted


@given(step=st.integers(1, 90), looks=st.lists(st.integers(1, 20_000), max_size=8))
def test_a_rate_fires_for_each_of_its_moments_once(step: int, looks: list[int]) -> None:
    """It begins when the schedule is made; of several that were missed the latest fires."""
    schedule = {"ScheduleExpression": f"rate({step} minutes)", "CreationDate": 1000.0}
    last, fired = None, []
    for now in sorted(1000 + look for look in looks):
        found = ticks.due(schedule, last, 1000.0, float(now), upcoming)
        if found is not None:
            last = found
            fired.append(found)

    assert len(set(fired)) == len(fired)
    assert all((moment - 1000) % (step * 60) == 0 for moment in fired)
    assert ticks.due(schedule, None, 1000.0, 999.0, upcoming) is None


@given(zone=st.sampled_from(ZONES), moment=st.integers(1_767_225_600, 1_798_761_600))
def test_a_moment_in_a_zone_comes_once(zone: str, moment: int) -> None:
    """It fires when a clock in its zone shows it for the first time."""
    local = dt.datetime.fromtimestamp(moment, ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    schedule = {
        "ScheduleExpression": f"at({local.isoformat()})",
        "ScheduleExpressionTimezone": zone,
    }
    there = local.replace(tzinfo=ZoneInfo(zone)).timestamp()

    assert ticks.due(schedule, None, 0.0, there - 1, upcoming) is None
    assert ticks.due(schedule, None, 0.0, there, upcoming) == there
    assert ticks.due(schedule, there, 0.0, there + 999, upcoming) is None


def test_the_patch_is_for_the_version_that_is_locked() -> None:
    """A newer emulator is looked at before it is patched."""
    patched = importlib.import_module("envs.local.engine.patched")
    locked = Path(emulator.__file__).with_name("emulator.in").read_text(encoding="utf-8")

    assert f"ministack=={patched.VERSION}" in locked.split()


def test_an_input_is_filled_in_and_its_zone_is_kept(aws: Aws) -> None:
    """On the emulator itself: due by a clock in Tokyo, with the moment and the schedule's ARN."""
    scheduler: Any = aws.scheduler
    url = aws.sqs.create_queue(QueueName="due")["QueueUrl"]
    moment = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(seconds=2)
    local = moment.astimezone(ZoneInfo("Asia/Tokyo")).replace(tzinfo=None)
    made = scheduler.create_schedule(
        Name="once",
        ScheduleExpression=f"at({local.isoformat()})",
        ScheduleExpressionTimezone="Asia/Tokyo",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={
            "Arn": f"arn:aws:sqs:{emulator.REGION}:{ACCOUNT}:due",
            "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/any",
            "Input": json.dumps(
                {"at": "<aws.scheduler.scheduled-time>", "by": "<aws.scheduler.schedule-arn>"}
            ),
        },
    )
    found: list[Any] = []
    deadline = time.monotonic() + 60
    while not found and time.monotonic() < deadline:
        found = aws.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", [])

    told = json.loads(found[0]["Body"])
    assert told == {"at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": made["ScheduleArn"]}
    assert scheduler.list_schedules()["Schedules"] == []

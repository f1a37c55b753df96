"""The simulated scheduler fires when EventBridge Scheduler does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs.testing import Faults, Outage, Timer
from clarivum_jobs.testing.aws.cron import next_fire
from clarivum_jobs.testing.aws.names import BASE, arn
from clarivum_jobs.testing.aws.queue import ARN
from clarivum_jobs.testing.machine.loop import START
from tests.simulator.aws import scheduler
from tests.simulator.parity.probe import JOB, probe

BERLIN = "Europe/Berlin"
QUEUE = f"{ARN}{BASE}-{JOB}"
ROLE = arn("iam", f"role/{BASE}-delayed")


def _fires(expression: str, zone: str, after: str, count: int) -> list[str]:
    moment = dt.datetime.fromisoformat(after)
    created, found = moment, []
    for _ in range(count):
        upcoming = next_fire(expression, zone, moment, created)
        if upcoming is None:
            break
        moment = upcoming
        found.append(moment.strftime("%m-%d %H:%M"))
    return found


@pytest.mark.parametrize(
    ("expression", "zone", "after", "expected"),
    [
        ("cron(0 4 * * ? *)", BERLIN, "2026-06-01T00:00Z", ["06-01 02:00", "06-02 02:00"]),
        ("cron(0 4 * * ? *)", "UTC", "2026-06-01T04:00Z", ["06-02 04:00", "06-03 04:00"]),
        ("cron(0/20 9 ? * MON-FRI *)", "UTC", "2026-01-02T09:30Z", ["01-02 09:40", "01-05 09:00"]),
        ("cron(0 0 L * ? *)", "UTC", "2026-01-31T00:00Z", ["02-28 00:00", "03-31 00:00"]),
        ("cron(0 0 15W * ? *)", "UTC", "2026-02-01T00:00Z", ["02-16 00:00", "03-16 00:00"]),
        ("cron(0 0 LW * ? *)", "UTC", "2026-01-01T00:00Z", ["01-30 00:00", "02-27 00:00"]),
        ("cron(0 0 ? * 6L *)", "UTC", "2026-01-01T00:00Z", ["01-30 00:00", "02-27 00:00"]),
        ("cron(0 0 ? * 2#1 *)", "UTC", "2026-01-01T00:00Z", ["01-05 00:00", "02-02 00:00"]),
        ("cron(0 0 31 2 ? 2026)", "UTC", "2026-01-01T00:00Z", []),
        ("rate(5 minutes)", "UTC", "2026-01-01T00:00Z", ["01-01 00:05", "01-01 00:10"]),
        ("at(2026-07-01T12:00:00)", BERLIN, "2026-01-01T00:00Z", ["07-01 10:00"]),
    ],
)  # fmt: skip
def test_expressions_fire_when_aws_says(
    expression: str, zone: str, after: str, expected: list[str]
) -> None:
    """Each kind of expression fires at the documented moments, given in UTC."""
    assert _fires(expression, zone, after, 2) == expected


def test_hour_that_spring_leaves_out_is_skipped() -> None:
    """At 02:30 in Berlin a cron does not fire on 29 March 2026."""
    found = _fires("cron(30 2 * * ? *)", BERLIN, "2026-03-27T12:00Z", 3)

    assert found == ["03-28 01:30", "03-30 00:30", "03-31 00:30"]


def test_hour_that_autumn_repeats_counts_once() -> None:
    """At 02:30 in Berlin a cron fires once on 25 October 2026."""
    found = _fires("cron(30 2 * * ? *)", BERLIN, "2026-10-24T12:00Z", 2)

    assert found == ["10-25 00:30", "10-26 01:30"]


def test_context_attributes_are_filled_in() -> None:
    """The function gets the scheduled time and the schedule's address in its event."""
    with probe(timers=(Timer("nightly", "cron(30 4 * * ? *)", BERLIN, {"a": "<b>"}),)) as world:
        world.run(86_400)
        (run,) = world.runs

    assert run.event["scheduled_time"] == "2026-01-01T03:30:00Z"
    assert run.event["schedule_arn"].endswith(f"schedule/{BASE}/{JOB}-nightly")
    assert run.event["payload"] == {"a": "<b>"}


def test_a_moment_may_fire_twice() -> None:
    """Delivery is at least once: with the fault, one moment starts two runs of equal events."""
    faults = Faults(late_timer=1)
    with probe(faults=faults, timers=(Timer("daily", "cron(0 4 * * ? *)"),)) as world:
        world.run(86_400)

        assert [run.event["scheduled_time"] for run in world.runs] == ["2026-01-01T04:00:00Z"] * 2


def test_failed_asynchronous_run_is_tried_twice_more() -> None:
    """A run nobody waits for is repeated twice, then goes to the dead-letter queue."""

    def answer(_event: object, _context: object) -> None:
        message = "no"
        raise ValueError(message)

    with probe(answer) as world:
        world.invoke(JOB, {"schedule": "daily"})
        world.run(600)

        assert len(world.runs) == 3
        assert len(world.dead_letters(JOB).messages) == 1


def _later(arn: str, **more: object) -> Any:  # noqa: ANN401 - the parameters of a call
    target = {"Arn": arn, "RoleArn": ROLE, "Input": "{}", **more}
    return {
        "Name": "later",
        "GroupName": "simulated",
        "ScheduleExpression": "at(2026-01-02T00:00:00)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "ActionAfterCompletion": "DELETE",
        "Target": target,
    }


def test_one_time_schedule_runs_once_and_goes() -> None:
    """A one-time schedule sends its input to the queue, and is deleted after it ran."""
    params = _later(QUEUE)
    with probe() as world:
        scheduler().create_schedule(**params)
        with pytest.raises(scheduler().exceptions.ConflictException):
            scheduler().create_schedule(**params)
        world.run(3 * 86_400)

        assert len(world.runs) == 1
        assert world.runs[0].event["Records"][0]["body"] == "{}"
        with pytest.raises(scheduler().exceptions.ResourceNotFoundException):
            scheduler().delete_schedule(Name="later", GroupName="simulated")


def test_fired_schedule_lingers() -> None:
    """Between its run and its end it is still there; what is made anew in its place stays."""
    with probe(seed=4) as world:
        scheduler().create_schedule(**_later(QUEUE))
        world.run(86_400 + 1)
        assert len(world.runs) == 1
        assert scheduler().get_schedule(Name="later", GroupName="simulated")["Name"] == "later"

        scheduler().delete_schedule(Name="later", GroupName="simulated")
        anew = {**_later(QUEUE), "ScheduleExpression": "at(2026-01-03T00:00:00)"}
        scheduler().create_schedule(**anew)
        world.run(3600)
        assert scheduler().get_schedule(Name="later", GroupName="simulated")["Name"] == "later"
        world.run(2 * 86_400)

        assert len(world.runs) == 2
        assert not world.scheduler.schedules


def test_input_of_a_schedule_has_at_most_256_kb() -> None:
    """Bytes count, not characters."""
    with probe():
        scheduler().create_schedule(**_later(QUEUE, Input='"' + "x" * 262_142 + '"'))
        with pytest.raises(scheduler().exceptions.ValidationException):
            scheduler().create_schedule(
                **{**_later(QUEUE, Input='"' + "é" * 131_072 + '"'), "Name": "larger"}
            )


def test_delivery_of_a_schedule_is_tried_again() -> None:
    """While its target is away the wait grows; the event arrives when the target is back."""
    faults = Faults(outages=(Outage("sqs", 86_400, 1800),))
    with probe(faults=faults) as world:
        scheduler().create_schedule(**_later(QUEUE))
        world.run(2 * 86_400)

        tries = [line for line in world.trace.lines if " put off " in line]
        assert len(tries) == 6
        (run,) = world.runs
        assert run.started - START == pytest.approx((86_400 + 1800) * 1000, abs=600_000)
        assert not world.scheduler.schedules


@pytest.mark.parametrize(
    ("policy", "condition", "tried"),
    [
        ({"MaximumRetryAttempts": 3}, "MaximumRetryAttempts", 4),
        ({"MaximumEventAgeInSeconds": 900}, "MaximumEventAgeInSeconds", 5),
        ({}, "MaximumEventAgeInSeconds", 147),
    ],
)
def test_undelivered_event_becomes_a_dead_letter(
    policy: dict[str, int], condition: str, tried: int
) -> None:
    """After its retries, or at its age, with Scheduler's attributes and the input as its body."""
    faults = Faults(outages=(Outage("lambda", 0, 3 * 86_400),))
    with probe(faults=faults, timers=(Timer("never", "cron(0 4 1 1 ? 2199)"),)) as world:
        function, letters = world.functions[JOB].arn, {"Arn": f"{QUEUE}-dlq"}
        role = arn("iam", f"role/{BASE}-{JOB}-schedule")
        scheduler().create_schedule(
            **_later(function, RetryPolicy=policy, DeadLetterConfig=letters, RoleArn=role)
        )
        world.run(4 * 86_400)

        (letter,) = world.dead_letters(JOB).messages.values()
        told = {name: value["StringValue"] for name, value in letter.attributes.items()}
        assert letter.body == "{}"
        assert told["EXHAUSTED_RETRY_CONDITION"] == condition
        assert told["RETRY_ATTEMPTS"] == str(tried - 1)
        assert told["TARGET_ARN"] == function
        assert told["SCHEDULED_TIME"] == "2026-01-02T00:00:00Z"
        assert told["SCHEDULE_ARN"].endswith("schedule/simulated/later")
        assert not world.runs


def test_deleted_schedule_does_not_fire() -> None:
    """What is cancelled in time never runs."""
    with probe() as world:
        scheduler().create_schedule(
            Name="later",
            GroupName="simulated",
            ScheduleExpression="at(2026-01-02T00:00:00)",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": QUEUE, "RoleArn": ROLE, "Input": "{}"},
        )
        scheduler().delete_schedule(Name="later", GroupName="simulated")
        world.run(3 * 86_400)

        assert not world.runs


def test_name_of_a_schedule_has_at_most_64_characters() -> None:
    """Longer names, and other characters, are refused."""
    with probe(), pytest.raises(ClientError, match="is no name"):
        scheduler().create_schedule(
            Name="a" * 65,
            ScheduleExpression="at(2026-01-02T00:00:00)",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": "arn:aws:sqs:::x", "RoleArn": ROLE, "Input": "{}"},
        )

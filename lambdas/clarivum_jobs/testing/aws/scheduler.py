"""EventBridge Scheduler: recurring and one-time schedules, in virtual time."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.aws.cron import next_fire
from clarivum_jobs.testing.aws.names import arn
from clarivum_jobs.testing.aws.targets import Delivery, Targets
from clarivum_jobs.testing.machine.faults import Dice, Faults
from clarivum_jobs.testing.machine.loop import Event, Loop
from clarivum_jobs.testing.machine.router import Answer, Caller, Params, RefusedError
from clarivum_jobs.testing.machine.trace import Trace

_NAME = re.compile(r"[0-9a-zA-Z\-_.]{1,64}")
_SECOND_FIRE = 30_000
_LONGEST_STAY = 300_000
"""Milliseconds within which a schedule goes that has run; AWS says "shortly after"."""

_LARGEST_INPUT = 262_144
"""Bytes that a target's input has at most."""


@dataclass(slots=True)
class Schedule:
    """One schedule as it was created."""

    params: dict[str, Any]
    created: int
    event: Event | None = None


@dataclass(slots=True)
class Scheduler:
    """The schedules of a world, and their client."""

    loop: Loop
    dice: Dice
    faults: Faults
    trace: Trace
    targets: Targets
    schedules: dict[str, Schedule] = field(default_factory=dict)
    fired: int = 0

    def call(self, operation: str, params: Params, _caller: Caller) -> Answer:
        """Carry out one operation."""
        name = f"{params.get('GroupName', 'default')}/{params.get('Name', '')}"
        if operation == "CreateSchedule":
            return self._create(name, params)
        if operation == "ListSchedules":
            return {"Schedules": [s.params for s in self.schedules.values()]}
        if name not in self.schedules:
            raise RefusedError(
                code="ResourceNotFoundException", why=f"Schedule {name} does not exist."
            )
        if operation == "GetSchedule":
            return dict(self.schedules[name].params)
        if operation == "DeleteSchedule":
            self._forget(name, self.schedules[name])
            return {}
        raise RefusedError(
            code="UnknownOperationException", why=f"The simulation has no {operation}."
        )

    def _create(self, name: str, params: Params) -> Answer:
        if not _NAME.fullmatch(params["Name"]):
            raise RefusedError(code="ValidationException", why=f"{params['Name']!r} is no name.")
        if len(params["Target"].get("Input", "").encode()) > _LARGEST_INPUT:
            why = f"An input has {_LARGEST_INPUT} bytes at most."
            raise RefusedError(code="ValidationException", why=why)
        if params["Target"]["RoleArn"] not in self.targets.authorizer.roles:
            why = "The execution role you provide must allow EventBridge Scheduler to assume it."
            raise RefusedError(code="ValidationException", why=why)
        if name in self.schedules:
            raise RefusedError(code="ConflictException", why=f"Schedule {name} already exists.")
        schedule = Schedule(dict(params), self.loop.now)
        self.schedules[name] = schedule
        self.trace.add(self.loop.now, "scheduler", "created", name=name)
        self._plan(name, schedule)
        return {"ScheduleArn": _arn(name)}

    def _plan(self, name: str, schedule: Schedule) -> None:
        if schedule.params.get("State", "ENABLED") != "ENABLED":
            return
        fire = next_fire(
            schedule.params["ScheduleExpression"],
            schedule.params.get("ScheduleExpressionTimezone", "UTC"),
            _moment(self.loop.now),
            _moment(schedule.created),
        )
        if fire is None:
            # A one-time schedule in the past runs at once; AWS refuses none of them.
            if schedule.params["ScheduleExpression"].startswith("at(") and not schedule.event:
                fire = _moment(self.loop.now)
            else:
                return
        when = int(fire.timestamp() * 1000)
        schedule.event = self.loop.at(when, lambda: self._fire(name, schedule, fire))

    def _fire(self, name: str, schedule: Schedule, moment: dt.datetime) -> None:
        target = schedule.params["Target"]
        text = target["Input"].replace(
            "<aws.scheduler.scheduled-time>", moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        )
        text = text.replace("<aws.scheduler.schedule-arn>", _arn(name))
        once = schedule.params["ScheduleExpression"].startswith("at(")
        goes = once and schedule.params.get("ActionAfterCompletion") == "DELETE"

        def deliver(done: Callable[[], None] = lambda: None) -> None:
            self.fired += 1
            self.targets.deliver(Delivery(_arn(name), target, text, moment, self.fired, done=done))

        self.trace.add(self.loop.now, "scheduler", "fired", name=name)
        deliver((lambda: self._complete(name, schedule)) if goes else lambda: None)
        if self.dice.happens(self.faults.late_timer):
            self.loop.at(self.loop.now + _SECOND_FIRE, deliver)
        if not once:
            self._plan(name, schedule)

    def _complete(self, name: str, schedule: Schedule) -> None:
        """Let a schedule that has run be there for a while, and then go."""
        gone = self.loop.now + self.dice.between(0, _LONGEST_STAY)
        schedule.event = self.loop.at(gone, lambda: self._forget(name, schedule))

    def _forget(self, name: str, schedule: Schedule) -> None:
        if self.schedules.get(name) is not schedule:
            return  # it was deleted before, and another may have its name by now
        del self.schedules[name]
        if schedule.event:
            schedule.event.cancel()
        self.trace.add(self.loop.now, "scheduler", "deleted", name=name)


def _moment(milliseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def _arn(name: str) -> str:
    return arn("scheduler", f"schedule/{name}")

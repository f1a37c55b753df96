"""What the page asks, answered by the functions of the desk; no answer holds a sensitive value."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from envs.desk import applying, audit, groups, planning, runs, schedules, states
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envs.desk.place import Place
    from envs.desk.plans import Plan

_MOST_RUNS = 50


@dataclass
class Api:
    """One environment behind the page.

    Attributes:
        place: The environment.
        act: Whether anything may be changed.
        plans: The plans that this page has made, by their ids.
    """

    place: Place
    act: bool
    plans: dict[str, Plan] = field(default_factory=dict)

    def about(self, _asked: Mapping[str, str]) -> object:
        """Tell which environment this is."""
        return {"environment": self.place.base, "act": self.act}

    def jobs(self, _asked: Mapping[str, str]) -> object:
        """Tell where every job stands."""
        return [plain(one) for one in states.states(self.place)]

    def runs(self, asked: Mapping[str, str]) -> object:
        """Tell what changed last."""
        return [plain(one) for one in runs.runs(self.place, asked.get("job"), most=_MOST_RUNS)]

    def run(self, asked: Mapping[str, str]) -> object:
        """Tell what is on record of one enqueue."""
        record = runs.show(self.place, asked.get("id", ""), asked.get("job"))
        return {**plain(record), "log_query": runs.log_query(self.place, record)}

    def letters(self, _asked: Mapping[str, str]) -> object:
        """Tell the dead letters by kind; nothing is received."""
        return [plain(one) | {"untold": one.untold} for one in groups.desks(self.place)]

    def fires(self, _asked: Mapping[str, str]) -> object:
        """Tell when schedules fire next."""
        now = dt.datetime.now(dt.UTC)
        return [
            {
                "job": job,
                "schedule": one.name,
                "expression": one.expression,
                "timezone": one.timezone,
                "note": one.note,
                "next": [moment.isoformat() for moment in one.moments],
            }
            for job, one in schedules.fires(self.place, now)
        ]

    def log(self, _asked: Mapping[str, str]) -> object:
        """Tell which plans were carried out."""
        return [plain(one) for one in audit.actions(self.place)]

    def plan(self, asked: Mapping[str, str]) -> object:
        """Make a plan for one group of letters, and keep it until it is applied."""
        action = asked.get("action", "")
        if action not in {"replay", "discard"}:
            message = "say what becomes of them"
            raise DeskError(message, rule="no-action")
        wish = planning.Wish(
            job=asked.get("job", ""),
            action="replay" if action == "replay" else "discard",
            why=asked.get("why", ""),
            groups=frozenset({asked["group"]} if asked.get("group") else ()),
        )
        plan = planning.make(self.place, wish)
        self.plans[plan.id] = plan
        return {**plan.as_data(), "verdicts": plan.verdicts, "seconds": plan.seconds}

    def apply(self, asked: Mapping[str, str]) -> object:
        """Apply a plan that this page has made, once the job's name was typed."""
        plan = self.plans.get(asked.get("plan", ""))
        if plan is None:
            message = "this page has made no such plan"
            raise DeskError(message, rule="unknown-plan")
        if asked.get("confirm") != plan.job:
            message = f"type the job's name to confirm: {plan.job}"
            raise DeskError(message, rule="not-confirmed")
        report = applying.apply(self.place, plan)
        return {**plain(report), "whole": report.whole}


def plain(value: Any) -> Any:  # noqa: ANN401 - a dataclass of the desk
    """Return a dataclass as JSON-like data."""
    return dataclasses.asdict(value)

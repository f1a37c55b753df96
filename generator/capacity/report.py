"""What a rate means for a job, as text and as data."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.capacity import queueing, quotas
from generator.capacity.queueing import Load
from generator.cost.estimate import month
from generator.cost.prices import PRICES, REGION
from generator.manifest.resolved import Worker

RATES = (10, 1_000, 100_000)
"""Messages a second for which the first limit is always told."""

_DAY = 86_400
_UNITS = ((_DAY, "day"), (3600, "hour"), (60, "minute"))
_NOTHING = 0.05
"""Fewer waiting messages than this are none."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        rate: Messages a second.
        work: What one message asks for.
        outage: Seconds in which nothing was worked on.
        account: Concurrent executions of the account.
    """

    rate: float
    work: quotas.Work
    outage: float
    account: int


def as_data(worker: Worker, question: Question) -> Mapping[str, object]:
    """Return the answer for one environment; what grows without end is null."""
    work, rate = question.work, question.rate
    load = Load(rate, work.worker_seconds, worker.concurrency)
    found = quotas.limits(worker, work, question.account)
    needed = queueing.fewest_workers(rate, work.worker_seconds)
    return {
        "job": worker.job.name,
        "environment": worker.environment,
        "rate": rate,
        "attempt_seconds": work.seconds,
        "attempts": work.attempts,
        "concurrency": worker.concurrency,
        "concurrency_needed": needed,
        "begun_within_seconds": quotas.begins_within(min(needed, worker.concurrency)),
        "capacity": load.capacity,
        "busy": load.busy,
        "wait_seconds": _finite(queueing.wait(load)),
        "backlog": _finite(queueing.waiting(load)),
        "growth": load.growth,
        "outage_seconds": question.outage,
        "outage_backlog": rate * question.outage,
        "drained_after_seconds": _finite(queueing.drained_after(load, question.outage)),
        "usd_a_month": round(_cost(worker, question), 2),
        "limits": [{"name": limit.name, "rate": limit.rate} for limit in found],
        "first_limit": {
            str(asked): next((limit.name for limit in quotas.reached(found, asked)), None)
            for asked in RATES
        },
        "quotas_as_of": quotas.AS_OF,
    }


def as_text(worker: Worker, question: Question) -> str:
    """Return the answer for one environment in words."""
    work, rate = question.work, question.rate
    load = Load(rate, work.worker_seconds, worker.concurrency)
    found = quotas.limits(worker, work, question.account)
    needed = queueing.fewest_workers(rate, work.worker_seconds)
    every = "each" if work.attempts == 1 else f"an attempt, {work.attempts:g} attempts each"
    title = (
        f"{worker.job.name} in {worker.environment}:"
        f" {_number(rate)} messages a second, {work.seconds:g} s {every}"
    )
    busy = (
        f"{needed:,} to stay below {queueing.SPARE:.0%} busy;"
        f" {worker.concurrency:,} allowed, {min(load.busy, 1):.0%} of them busy"
    )
    return "\n".join(
        (
            title,
            _line("concurrency", busy),
            _line("backlog", _backlog(worker, load)),
            _line(f"{_time(question.outage)} away", _drained(load, question.outage)),
            _line("cost", f"about {_cost(worker, question):,.0f} USD a month"),
            *(_line(f"at {asked:,}", _met(found, asked)) for asked in RATES),
            *(_line("limits", f"{_number(each.rate)} a second: {each.name}") for each in found),
            _line("remedy", f"of the first: {found[0].remedy}"),
            _line("quotas", f"as of {quotas.AS_OF}"),
            "",
        )
    )


def _met(found: list[quotas.Limit], rate: float) -> str:
    first = next(quotas.reached(found, rate), None)
    return f"a second, first: {first.name}" if first else "a second nothing is in the way"


def _backlog(worker: Worker, load: Load) -> str:
    if load.busy < 1:
        waiting = queueing.waiting(load)
        if waiting < _NOTHING:
            return "none: a message is begun when it comes"
        return f"{_number(waiting)} wait, {_time(queueing.wait(load))} each on average"
    if not load.growth:
        return "grows, slowly: all workers are busy all the time"
    full = load.rate * worker.message_retention / load.growth
    return (
        f"grows by {_number(load.growth)} a second: messages are lost"
        f" {_time(full)} later, when the oldest is {_time(worker.message_retention)} old"
    )


def _drained(load: Load, outage: float) -> str:
    after = queueing.drained_after(load, outage)
    gone = "and nothing is to spare for them" if math.isinf(after) else f"gone {_time(after)} later"
    return f"{_number(load.rate * outage)} wait, {gone}"


def _line(name: str, text: str) -> str:
    return f"  {name:<12} {text}"


def _cost(worker: Worker, question: Question) -> float:
    """Return USD a month at this rate, all of the time; schedules come on top as ever."""
    expected = replace(
        worker.expected,
        messages=round(question.rate * _DAY),
        duration_ms=round(question.work.seconds * 1000),
        attempts=question.work.attempts,
    )
    return month(replace(worker, expected=expected), PRICES[REGION]).total


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.3g}"  # noqa: PLR2004 - three digits


def _time(seconds: float) -> str:
    for size, unit in _UNITS:
        if seconds >= size:
            return f"{seconds / size:,.3g} {unit}{'' if seconds == size else 's'}"
    return f"{seconds:.3g} s"

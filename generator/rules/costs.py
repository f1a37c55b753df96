"""Environments that would cost more than they may."""

from collections.abc import Iterator

from generator.cost.estimate import environment, month, shared
from generator.cost.prices import PRICES, REGION
from generator.cost.usage import fires_a_month
from generator.manifest.resolved import Schedule
from generator.rules.registry import Violation, Whole, whole_rule
from generator.schedules.problem import ExpressionError

_SHOWN = 3


@whole_rule(
    "budget-exceeded",
    what="By the estimate, an environment costs no more a month than `budget` allows.",
    why="A budget that AWS watches tells of it eight to twelve hours late.",
    remedy="raise the budget, or lower what the job does, holds or is watched by",
    source="our own estimate: generator/cost, from list prices",
)
def budget_exceeded(whole: Whole) -> Iterator[Violation]:
    """Judge each environment that has a budget."""
    prices = PRICES[REGION]
    for name, most in whole.written.budget.items():
        workers = whole.resolved.workers.get(name, ())
        if not all(_can_run(schedule) for worker in workers for schedule in worker.schedules):
            continue
        total = environment(workers, prices)
        if total <= most:
            continue
        parts = [(month(worker, prices).total, worker.job.name) for worker in workers]
        parts.append((shared(workers, prices), "secrets and shared alarms"))
        parts.sort(key=lambda part: (-part[0], part[1]))
        most_of_it = ", ".join(f"{what} {usd:.2f}" for usd, what in parts[:_SHOWN])
        message = f"`{name}` costs {total:.2f} USD a month by the estimate, {most:.2f} are allowed"
        yield Violation(("budget", name), message, f"most of it: {most_of_it}")


def _can_run(schedule: Schedule) -> bool:
    """Say whether it is known when a schedule runs; what is wrong with it other rules tell."""
    try:
        fires_a_month(schedule)
    except (ExpressionError, KeyError):
        return False
    return len(schedule.triggers) == 1

"""What the document says of a job that runs: settings, alarms, rights, names and costs."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.alarm_kinds import alarm_level, alarms_of, shared_alarms
from generator.cost import estimate
from generator.cost.prices import PRICES, REGION
from generator.hearing import hearings
from generator.manifest.resolved import Worker
from generator.manifest.types import span
from generator.render.markdown import code, table, text
from generator.render.rights import anywhere, rights, shown

RUNBOOK = "../runbook.md"

RINGS = {
    "dead-letters": "messages gave up",
    "growing": "more of them give up while others lie there",
    "oldest-message": "a message waits too long",
    "stalled": "messages wait, and no worker takes one",
    "errors": "the function crashed or ran into its timeout",
    "throttles": "Lambda refused to run the function",
    "failing": "half of ten or more attempts failed",
    "slow": "an attempt took 80 % of the timeout",
    "missed": "a run of the schedule was due and did not come",
    "undelivered": "a run could not be handed over",
    "recursion": "Lambda stopped a chain of jobs",
}
"""What each alarm says, by its chapter of the runbook."""

_STATES = {
    "paused": "messages are taken and wait, schedules rest",
    "draining": "nothing new is taken, what waits is worked off",
    "retired": "nothing new is taken, it will be removed",
}

Cells = Callable[[Worker], Sequence[str]]


def grouped(workers: Iterable[Worker], cells: Cells) -> Iterator[tuple[str, ...]]:
    """Yield a row for each different set of cells, with the environments that share it."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for worker in workers:
        rows.setdefault(tuple(cells(worker)), []).append(worker.environment)
    for shared, environments in rows.items():
        yield ", ".join(environments), *shared


def settings(workers: Sequence[Worker]) -> str:
    """Return the table of what the function is, by AWS's own names."""
    head = ("environment", "runtime", "architecture", "memory", "variables", "log retention")
    return table(head, grouped(workers, _settings))


def _settings(worker: Worker) -> tuple[str, ...]:
    variables = (
        code(f"{name}={anywhere(worker, shown(value))}") for name, value in worker.variables.items()
    )
    return (
        code(worker.runtime),
        code(worker.architecture),
        f"{worker.memory_size} MB",
        ", ".join(variables),
        f"{worker.log_retention_days}d",
    )


def alarms(workers: Sequence[Worker]) -> str:
    """Return the table of alarms: what each says, where there is one, and what on-call does."""
    rows: dict[str, list[str]] = {}
    for worker in workers:
        for kind in alarms_of(worker):
            rows.setdefault(kind.name, []).append(worker.environment)
    lines = (
        (
            code(name),
            RINGS[name.partition(".")[0]],
            ", ".join(environments),
            f"[{name.partition('.')[0]}]({RUNBOOK}#{name.partition('.')[0]})",
        )
        for name, environments in rows.items()
    )
    return table(("alarm", "it rings when", "environments", "what to do"), lines)


def heard(workers: Sequence[Worker]) -> str:
    """Return the table of how long it takes until on-call hears."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for worker in workers:
        for hearing in hearings(worker):
            after = span(hearing.after) if hearing.alarm else "never"
            key = (text(hearing.failure), code(hearing.alarm) if hearing.alarm else "", after)
            rows.setdefault(key, []).append(worker.environment)
    lines = ((*key, ", ".join(environments)) for key, environments in rows.items())
    return table(("what happens", "first alarm", "within", "environments"), lines)


def life(workers: Sequence[Worker]) -> str:
    """Return the table of where it is not active; empty if it is everywhere."""
    resting = [worker for worker in workers if worker.state != "active"]
    head = ("environment", "state", "until", "why")
    return table(head, grouped(resting, _life)) if resting else ""


def _life(worker: Worker) -> tuple[str, ...]:
    return f"{worker.state}: {_STATES[worker.state]}", text(worker.until), text(worker.why)


def access(workers: Sequence[Worker]) -> list[str]:
    """Return what its worker may do beside its own queue, records and log."""
    found = [anywhere(worker, right) for worker in workers for right in rights(worker)]
    return [code(right) for right in dict.fromkeys(found)]


def names(worker: Worker) -> list[str]:
    """Return what exists of a job in each environment, `<env>` in place of its name."""
    base = anywhere(worker, worker.base)
    found = {
        "queue": base,
        "dead-letter queue": f"{base}-dlq",
        "function": base,
        "its alias": "live",
        "role": f"{base}-worker",
        "log group": f"/aws/lambda/{base}",
    }
    found |= {f"schedule {s.name}": f"{worker.job.name}-{s.name}" for s in worker.schedules}
    return [f"{text(what)}: {code(name)}" for what, name in found.items()]


def costs(workers: Sequence[Worker]) -> str:
    """Return the table of what the job costs."""
    head = ("environment", "messages a day", "USD a month", "of it idle", "worst day")
    return table(head, grouped(workers, _costs))


def _costs(worker: Worker) -> tuple[str, ...]:
    prices = PRICES[REGION]
    month = estimate.month(worker, prices)
    amounts = (month.total, month.idle, estimate.day(worker, prices).total)
    return f"{worker.expected.messages:,}", *(f"{amount:,.2f}" for amount in amounts)


def environments(workers: Mapping[str, Sequence[Worker]]) -> str:
    """Return the table of what watching each environment takes, and what it costs idle."""
    head = ("environment", "alarms a job", "alarms", "USD a month", "all of it idle")
    return table(head, ((text(name), *_watching(of_it)) for name, of_it in workers.items()))


def _watching(workers: Sequence[Worker]) -> tuple[str, ...]:
    own = [alarms_of(worker) for worker in workers]
    counts = sorted({len(kinds) for kinds in own}) or [0]
    every = [*itertools.chain.from_iterable(own), *shared_alarms(alarm_level(workers))]
    prices = PRICES[REGION]
    watched = sum(kind.metrics for kind in every) * prices.alarm_metric
    of_a_job = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return of_a_job, str(len(every)), f"{watched:.2f}", f"{estimate.idle(workers, prices):.2f}"

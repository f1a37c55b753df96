"""What a change costs: each environment before and after, and each job that costs otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.compat.renaming import names_now
from generator.cost import estimate
from generator.cost.prices import Prices
from generator.manifest.resolved import Manifest, Worker


@dataclass(frozen=True, slots=True)
class Bill:
    """USD of an environment, or of a job in it.

    Attributes:
        name: Which.
        before: A month before the change; None if it was not there.
        after: A month after it; None if it is not there any more.
        idle: A month without a message, after it.
        worst_day: What the work of the worst day costs, after it.
        budget: What a month may cost; None if nobody says.
    """

    name: str
    before: float | None
    after: float | None
    idle: float = 0.0
    worst_day: float = 0.0
    budget: float | None = None


def environments(old: Manifest, new: Manifest, prices: Prices) -> tuple[Bill, ...]:
    """Return the bill of each environment."""
    return tuple(
        Bill(
            name,
            _month(old, name, prices),
            _month(new, name, prices),
            estimate.idle(new.workers.get(name, ()), prices),
            sum(estimate.day(w, prices).total for w in new.workers.get(name, ())),
            new.budget.get(name),
        )
        for name in dict.fromkeys([*new.workers, *old.workers])
    )


def jobs(old: Manifest, new: Manifest, prices: Prices) -> Iterator[Bill]:
    """Yield the bill of each job that costs something else than before."""
    renamed = names_now(old, new)
    for name in dict.fromkeys([*new.workers, *old.workers]):
        before = _by_job(old.workers.get(name, ()), renamed)
        after = _by_job(new.workers.get(name, ()), {})
        for job in dict.fromkeys([*after, *before]):
            was = estimate.month(before[job], prices) if job in before else None
            now = estimate.month(after[job], prices) if job in after else None
            if was != now:
                yield Bill(
                    f"{job}{_former(after.get(job))} in {name}",
                    was.total if was else None,
                    now.total if now else None,
                    now.idle if now else 0.0,
                    estimate.day(after[job], prices).total if now else 0.0,
                )


def _month(manifest: Manifest, name: str, prices: Prices) -> float | None:
    if name not in manifest.workers:
        return None
    return estimate.environment(manifest.workers[name], prices)


def _by_job(workers: Iterable[Worker], renamed: Mapping[str, str]) -> dict[str, Worker]:
    return {renamed.get(worker.job.name, worker.job.name): worker for worker in workers}


def _former(worker: Worker | None) -> str:
    return " (former name)" if worker is not None and worker.job.served_by else ""

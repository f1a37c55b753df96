"""Which jobs a handler may enqueue."""

from collections.abc import Iterator

from generator.manifest.resolved import CLOSED
from generator.rules.registry import Violation, Whole, whole_rule
from generator.words import did_you_mean, joined, repeats, shown


@whole_rule(
    "enqueues-unknown",
    what="What a job enqueues is a job of the manifest, named once.",
    why="The worker would be granted a queue that nobody makes, and every enqueue would fail.",
    remedy="name a job of this manifest",
    source="our own names: a queue is made for each job of the manifest",
)
def enqueues_unknown(whole: Whole) -> Iterator[Violation]:
    """Judge every target of every job."""
    jobs = whole.written.jobs
    for name, job in jobs.items():
        repeated = set(repeats(job.enqueues))
        for index, target in enumerate(job.enqueues):
            where = ("jobs", name, "enqueues", index)
            if target not in jobs:
                hint = did_you_mean(target, jobs) or f"known are {joined(jobs)}"
                yield Violation(where, f"there is no job {shown(target)}", hint)
            elif index in repeated:
                yield Violation(where, f"`{target}` is listed twice", "list it once")


@whole_rule(
    "enqueues-retired",
    what="No job enqueues one that is nearer to its end: draining, or retired.",
    why="Its queue takes nothing new, and has to become empty, or it can never be removed.",
    remedy="take it out of `enqueues`, or leave the target active until nobody sends to it",
    source="our own life-cycle: docs/runbook.md, remove a job",
)
def enqueues_retired(whole: Whole) -> Iterator[Violation]:
    """Judge the targets of every job, where both are."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for environment, workers in whole.resolved.workers.items():
        states = {worker.job.name: worker.state for worker in workers}
        for worker in (worker for worker in workers if not worker.job.served_by):
            for target in worker.job.enqueues:
                state = states.get(target, "")
                if state in CLOSED and _age(state) > _age(worker.state):
                    found.setdefault((worker.job.name, target, state), []).append(environment)
    for (name, target, state), environments in found.items():
        where = ("jobs", name, "enqueues", whole.written.jobs[name].enqueues.index(target))
        yield Violation(where, f"`{target}` is {state} in {joined(environments)}")


def _age(state: str) -> int:
    return CLOSED.index(state) if state in CLOSED else -1

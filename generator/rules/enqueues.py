"""Which jobs a handler may enqueue."""

from collections.abc import Iterator

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
    what="No active job enqueues a job that is retired in the same environment.",
    why="The queue of a retired job has to become empty, or it can never be removed.",
    remedy="take it out of `enqueues`, or leave the target active until nobody sends to it",
    source="our own life-cycle: docs/runbook.md, remove a job",
)
def enqueues_retired(whole: Whole) -> Iterator[Violation]:
    """Judge the targets of every job that goes on, where both are."""
    found: dict[tuple[str, str], list[str]] = {}
    for environment, workers in whole.resolved.workers.items():
        retired = {worker.job.name for worker in workers if worker.state == "retired"}
        for worker in workers:
            for target in worker.job.enqueues:
                if target in retired and worker.job.name not in retired:
                    found.setdefault((worker.job.name, target), []).append(environment)
    for (name, target), environments in found.items():
        where = ("jobs", name, "enqueues", whole.written.jobs[name].enqueues.index(target))
        yield Violation(where, f"`{target}` is retired in {joined(environments)}")

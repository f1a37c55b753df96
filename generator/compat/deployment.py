"""In which order a change is deployed, told from the verdicts about it and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.compat.verdict import Verdict
from generator.manifest.resolved import Manifest

_DRAINED = "stop what sends, wait until both queues are empty, then"


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with each job whose deployment matters, a line a job.

    Attributes:
        steps: What to deploy before what.
        refused: What is not to be deployed at all.
    """

    steps: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def order(
    left: Iterable[Verdict], allowed: Iterable[Verdict], old: Manifest, new: Manifest
) -> Order:
    """Return the order.

    A refusal comes first: no order helps a worker that cannot read what waits.

    Args:
        left: The verdicts that hold.
        allowed: Those that are allowed.
        old: The manifest before.
        new: The manifest after.
    """
    left, allowed = list(left), list(allowed)
    names = {job.name for job in new.jobs}
    was = {job.name: job.contract for job in old.jobs}
    raised = {job.name for job in new.jobs if job.contract > was.get(job.name, job.contract)}
    late = raised | {v.job for v in (*left, *allowed) if v.old_reads_new == "no"}
    steps = dict.fromkeys(late, "the worker first, then everything that sends to it")
    for job in raised & late:
        steps[job] = "the worker first: an older one parks messages of a newer version"
    for each in allowed:
        if each.new_reads_old == "no":
            then = "the worker, then everything that sends" if each.job in late else "all of it"
            steps[each.job] = f"{_DRAINED} {then}"
    for each in (*left, *allowed):
        if each.job and each.job not in names:
            steps[each.job] = f"{_DRAINED} apply: the queues are destroyed"
    unread = {v.job for v in left if v.is_refusal and v.new_reads_old == "no"}
    held = steps.keys() & {v.job for v in left if v.is_refusal}
    reasons = dict.fromkeys(held, "it is refused above")
    reasons |= dict.fromkeys(unread, "the new worker cannot read what waits")
    return Order(
        tuple(f"{job}: {step}" for job, step in sorted(steps.items()) if job not in reasons),
        tuple(f"{job}: {reason}" for job, reason in sorted(reasons.items())),
    )

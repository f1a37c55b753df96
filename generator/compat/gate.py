"""The gate: every verdict about a change of the manifest, and the order to deploy it in."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from generator.compat import registry
from generator.compat.difference import Difference
from generator.compat.differences import differences, refusing
from generator.compat.infrastructure import breaks
from generator.contracts.equality import same_value
from generator.contracts.types import NO_DEFAULT
from generator.diagnostics import Finding, Severity
from generator.manifest.resolved import Job, Manifest
from generator.manifest.source import Source, Where

_LONGEST_WITNESS = 300

Upcasts = Callable[[Job, Job], Iterable[tuple[str, str]]]
"""Judges the upcasters up to the new job's version: rule and message of each fault."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one change does.

    Attributes:
        finding: Where, which rule, what is wrong and what to do; an error is refused.
        job: The job; empty if it is about all of them.
        why: What happens to messages.
        new_reads_old: Whether the new worker reads every old message; empty if not asked.
        old_reads_new: Whether the old worker reads every new message; empty if not asked.
        witness: A payload that is not read, as JSON; empty if there is none.
    """

    finding: Finding
    job: str
    why: str
    new_reads_old: str = ""
    old_reads_new: str = ""
    witness: str = ""


def verdicts(
    source: Source,
    old: Manifest,
    new: Manifest,
    upcasts: Upcasts,
    allowed: frozenset[str] = frozenset(),
) -> tuple[Verdict, ...]:
    """Judge a change.

    Args:
        source: The text of the new manifest.
        old: The manifest before.
        new: The manifest after.
        upcasts: Judges upcasters.
        allowed: Verdicts a person has allowed for this change, each as `<rule>:<job>`.
    """
    found = [*_of_queues(source, old, new), *_of_payloads(source, old, new, upcasts)]
    found.sort(key=lambda v: (v.finding.line, v.finding.column, v.finding.rule, v.finding.message))
    return tuple(v for v in found if f"{v.finding.rule}:{v.job}" not in allowed)


def order(found: Iterable[Verdict], old: Manifest, new: Manifest) -> tuple[str, ...]:
    """Return what to deploy before what, one sentence a job whose payload changed that way.

    What a refusal says comes first: no order helps a worker that cannot read what waits.
    """
    raised = {job.name: job.contract for job in old.jobs}
    steps = {}
    for job in new.jobs:
        if job.contract > raised.get(job.name, job.contract):
            steps[job.name] = "the worker first: an older one parks messages of a newer version"
    for verdict in found:
        if verdict.old_reads_new == "no":
            steps[verdict.job] = "the worker first, then everything that sends to it"
    for verdict in found:
        if verdict.new_reads_old == "no":
            steps[verdict.job] = "not at all: the new worker cannot read what waits"
    return tuple(f"{job}: {step}" for job, step in sorted(steps.items()))


def _of_queues(source: Source, old: Manifest, new: Manifest) -> Iterator[Verdict]:
    for found in breaks(old, new):
        yield _verdict(source, found.rule, found.job, found.where, found.message, key=True)


def _of_payloads(
    source: Source, old: Manifest, new: Manifest, upcasts: Upcasts
) -> Iterator[Verdict]:
    before = {job.name: job for job in old.jobs}
    for job in new.jobs:
        if job.name in before:
            yield from of_job(source, before[job.name], job, upcasts)


def of_job(source: Source, old: Job, new: Job, upcasts: Upcasts) -> Iterator[Verdict]:
    """Yield what a change of one job's payload, contract number or key does."""
    if old.key != new.key:
        message = f"the key of `{new.name}` was made of {list(old.key)}, now of {list(new.key)}"
        where = ("jobs", new.name, "idempotency", "key")
        yield _verdict(source, registry.KEY, new.name, where, message, warning=True)
    number: Where = ("jobs", new.name, "contract")
    if new.contract < old.contract:
        message = f"the contract goes from {old.contract} down to {new.contract}"
        yield _verdict(source, registry.CONTRACT_LOWERED, new.name, number, message)
        return
    if new.contract > old.contract + 1:
        message = f"the contract goes from {old.contract} to {new.contract} at once"
        yield _verdict(source, registry.CONTRACT_SKIPS, new.name, number, message)
        return
    yield from _of_upcasters(source, old, new, upcasts)
    if new.contract > old.contract:
        return
    yield from _of_key_defaults(source, old, new)
    yield from _of_schemas(source, old, new)


def _of_upcasters(source: Source, old: Job, new: Job, upcasts: Upcasts) -> Iterator[Verdict]:
    where = ("jobs", new.name, "contract")
    for rule, message in upcasts(old, new):
        loss = rule == registry.UPCASTER_DROPS
        verdict = _verdict(source, rule, new.name, where, message, warning=loss)
        yield verdict if loss else replace(verdict, new_reads_old="no")


def _of_schemas(source: Source, old: Job, new: Job) -> Iterator[Verdict]:
    both = list(differences(old.payload, new.payload))
    backward = [found for found in both if found.rule != registry.DROPPED]
    forward = list(refusing(new.payload, old.payload))
    for found in both:
        if found.rule == registry.DROPPED:
            yield _of_dropped(source, new.name, found)
    for found in backward:
        yield _of_difference(source, new.name, found, found.place.read, old_reads_new=not forward)
    if not backward:
        for found in forward:
            yield _of_difference(source, new.name, found, found.place.written)


def _of_key_defaults(source: Source, old: Job, new: Job) -> Iterator[Verdict]:
    for name in new.key:
        before, after = old.payload.field(name), new.payload.field(name)
        if before is None or after is None or name not in old.key:
            continue
        if same_default(before.default, after.default):
            continue
        was, now = (_said(field.default) for field in (before, after))
        message = f"the default of the key's `{name}` was {was}, now it is {now}"
        where = ("jobs", new.name, "payload", "properties", name)
        yield _verdict(source, registry.KEY_DEFAULT, new.name, where, message, warning=True)


def same_default(before: object, after: object) -> bool:
    """Say whether two defaults are one JSON value, or both are none."""
    if NO_DEFAULT in (before, after):
        return before is after
    return same_value(before) == same_value(after)


def _said(default: object) -> str:
    return "none" if default is NO_DEFAULT else json.dumps(default, ensure_ascii=False)


def _of_dropped(source: Source, job: str, found: Difference) -> Verdict:
    """Say what the new worker takes and does not keep."""
    rule = registry.RULES[found.rule]
    message = f"in `{found.place.name}`, {found.message}" if found.place.name else found.message
    where = ("jobs", job, "payload", *found.place.read)
    finding = source.finding(where, found.rule, message, rule.remedy, severity=Severity.WARNING)
    return Verdict(finding, job, rule.why)


def _of_difference(
    source: Source, job: str, found: Difference, where: Where, *, old_reads_new: bool | None = None
) -> Verdict:
    """Say one difference; `old_reads_new` is None if it is the old worker that cannot read."""
    witness = found.witness()
    shown = "" if witness is NO_DEFAULT else json.dumps(witness, ensure_ascii=False)
    name = found.place.name or "the payload"
    forward = old_reads_new is None
    reader = "the old worker" if forward else "the new worker"
    rule = registry.RULES[found.rule]
    finding = source.finding(
        ("jobs", job, "payload", *where),
        found.rule,
        f"`{name}`: {found.message} by {reader}{_doubt(found, shown)}",
        "deploy the worker before anything that sends" if forward else rule.remedy,
        severity=Severity.WARNING if forward else Severity.ERROR,
    )
    return Verdict(
        finding,
        job,
        rule.why,
        "yes" if forward else "no",
        "yes" if old_reads_new else "no",
        shown[:_LONGEST_WITNESS],
    )


def _doubt(found: Difference, witness: str) -> str:
    """Return what to add where two sets of texts cannot be compared."""
    if witness or found.rule not in (registry.PATTERN, registry.FORMAT):
        return ""
    return "; whether there is any such text cannot be told, so it is refused"


def _verdict(  # noqa: PLR0913 - the parts of a verdict
    source: Source,
    rule: str,
    job: str,
    where: Where,
    message: str,
    *,
    warning: bool = False,
    key: bool = False,
) -> Verdict:
    known = registry.RULES[rule]
    severity = Severity.WARNING if warning else Severity.ERROR
    finding = source.finding(where, rule, message, known.remedy, severity=severity, key=key)
    return Verdict(finding, job, known.why)

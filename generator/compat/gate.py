"""The gate: every verdict about a change of the manifest.

Payloads in both directions, what was published of them, upcasters, keys, queues and their clocks.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from generator import gate_rules
from generator.compat import keys, record
from generator.compat.infrastructure import Break, breaks
from generator.compat.renaming import renamed
from generator.compat.sides import Side
from generator.compat.upcasters import Trial
from generator.compat.verdict import Judgement, Verdict, verdict
from generator.contracts.comparison.difference import Difference
from generator.contracts.comparison.differences import differences, refusing
from generator.contracts.types import NO_DEFAULT, String
from generator.manifest.resolved import Job
from generator.manifest.source import Source
from generator.published.history import states_of
from generator.published.versions import State, covers, distinct
from generator.render.worker_code import upcaster_path

_LONGEST_WITNESS = 300
_EARLY = (
    "A message that is sent before its worker is deployed goes to the dead-letter queue unread."
)

Tries = Callable[[Mapping[int, Sequence[State]], Job], Iterable[Trial]]
"""Tries the upcasters from the versions before the job's current one."""


def judge(source: Source, old: Side, new: Side, tries: Tries) -> Judgement:
    """Judge a change.

    Args:
        source: The text of the new manifest.
        old: What was before.
        new: What is there now.
        tries: Tries upcasters.
    """
    found = [_of_break(source, each) for each in breaks(old.manifest, new.manifest)]
    untried: list[str] = []
    old = renamed(old, new.manifest)
    before = {job.name: job for job in old.manifest.jobs}
    for job in new.manifest.jobs:
        if job.name in before:
            of_job = _of_job(source, (old, before[job.name]), (new, job), tries)
            found += of_job.verdicts
            untried += [f"{job.name}, {text}" for text in of_job.untried]
    found.sort(key=lambda v: (v.finding.line, v.finding.column, v.finding.rule, v.finding.message))
    return Judgement(tuple(found), tuple(untried))


def _of_job(
    source: Source, before: tuple[Side, Job], now: tuple[Side, Job], tries: Tries
) -> Judgement:
    (old_side, old), (new_side, new) = before, now
    was, here = old_side.history.of(new.name), new_side.history.of(new.name)
    if new.contract < old.contract:
        return Judgement((_lowered(source, old, new),))
    found = list(record.verdicts(source, before, now))
    if any(each.finding.rule == gate_rules.TAKEN for each in found):
        return Judgement(tuple(found))
    found += keys.verdicts(source, old, new)
    if gaps := [n for n in range(old.contract + 1, new.contract) if n not in here]:
        found.append(_skipped(source, old, new, gaps))
        return Judgement(_together(found, raised=True))
    known = {n: states_of(was.get(n), here[n]) for n in here if n < new.contract}
    if old.contract < new.contract:
        mine = State(old.schema, old.payload)
        known[old.contract] = distinct((*known.get(old.contract, ()), mine))
    trials = tuple(tries(known, new))
    settled = _settled(before, now)
    found += _of_upcasters(source, trials, new, settled)
    if new.contract == old.contract:
        found += _of_payloads(source, old, new, states_of(was.get(old.contract)))
    fresh = [trial for trial in trials if trial.number >= settled]
    untried = tuple(f"{trial.function}: {text}" for trial in fresh for text in trial.uncovered)
    return Judgement(_together(found, raised=new.contract > old.contract), untried)


def of_published(
    source: Source, old: Job, new: Job, states: Sequence[State]
) -> tuple[Verdict, ...]:
    """Judge a job by the newest version that is published of it; no upcaster is run.

    Args:
        source: The text of the manifest.
        old: The job as the version has it.
        new: The job as it is now.
        states: Everything that the version ever accepted.
    """
    if new.contract < old.contract:
        return (_lowered(source, old, new),)
    if new.contract > old.contract + 1:
        gaps = range(old.contract + 1, new.contract)
        return (_skipped(source, old, new, gaps),)
    if new.contract > old.contract:
        return ()
    return _together(list(_of_payloads(source, old, new, states)), raised=False)


def _of_payloads(
    source: Source, old: Job, new: Job, states: Sequence[State] = ()
) -> Iterator[Verdict]:
    """Yield what a change of a payload under one number does.

    Args:
        source: The text of the new manifest.
        old: The job before.
        new: The job after.
        states: Everything that the number ever accepted, as it was published.
    """
    forward = list(refusing(new.payload, old.payload))
    unread = partial(_unread, source, new.name, other="no" if forward else "yes")
    said = set()
    for found in differences(old.payload, new.payload):
        if found.rule == gate_rules.DROPPED:
            yield _dropped(source, new.name, found)
        else:
            said.add((found.rule, found.place.name, found.message))
            yield unread(found)
    for state in states:
        for found in (
            () if covers(old.payload, state.payload) else refusing(state.payload, new.payload)
        ):
            if (found.rule, found.place.name, found.message) not in said:
                said.add((found.rule, found.place.name, found.message))
                yield unread(found, remark=f", as {old.contract} was published before")
    if not said:
        for found in forward:
            yield _too_new(source, new.name, found)


def _together(found: list[Verdict], *, raised: bool) -> tuple[Verdict, ...]:
    """Return a job's verdicts, each with who can read what once all of them hold.

    Args:
        found: The verdicts.
        raised: Whether new messages carry a higher number, which an older worker parks.
    """
    read = "no" if any(each.new_reads_old == "no" for each in found) else "yes"
    other = "no" if raised or any(each.old_reads_new == "no" for each in found) else "yes"
    return tuple(
        replace(each, new_reads_old=read, old_reads_new=other) if each.new_reads_old else each
        for each in found
    )


def _of_break(source: Source, each: Break) -> Verdict:
    hint = "see that both queues are empty before it is applied" if each.announced else ""
    where, message, warning = each.where, each.message, each.announced
    return verdict(
        source, each.rule, each.job, where, message, hint=hint, warning=warning, key=True
    )


def _lowered(source: Source, old: Job, new: Job) -> Verdict:
    message = f"the contract goes from {old.contract} down to {new.contract}"
    where = ("jobs", new.name, "contract")
    found = verdict(source, gate_rules.CONTRACT_LOWERED, new.name, where, message)
    return replace(found, new_reads_old="no")


def _skipped(source: Source, old: Job, new: Job, gaps: Sequence[int]) -> Verdict:
    missing = ", ".join(map(str, gaps))
    message = (
        f"the contract goes from {old.contract} to {new.contract} at once: "
        f"{missing} {'was' if len(gaps) == 1 else 'were'} never published"
    )
    where = ("jobs", new.name, "contract")
    found = verdict(source, gate_rules.CONTRACT_SKIPS, new.name, where, message)
    return replace(found, new_reads_old="no")


def _settled(before: tuple[Side, Job], now: tuple[Side, Job]) -> int:
    """Return the version below which this change touches nothing: its losses were judged before."""
    (old_side, old), (new_side, new) = before, now
    file = upcaster_path(new.name)
    alike = old_side.upcasters.get(file) == new_side.upcasters.get(file)
    return old.contract if alike and old.schema == new.schema else 0


def _of_upcasters(
    source: Source, trials: Iterable[Trial], new: Job, settled: int
) -> Iterator[Verdict]:
    where = ("jobs", new.name, "contract")
    for trial in trials:
        if trial.rule == gate_rules.UPCASTER_DROPS:
            if trial.number >= settled:
                yield verdict(source, trial.rule, new.name, where, trial.message, warning=True)
        elif trial.rule:
            hint = _first_words(trial) if trial.rule == gate_rules.UPCASTER_MISSING else ""
            found = verdict(source, trial.rule, new.name, where, trial.message, hint=hint)
            yield replace(found, new_reads_old="no")


def _first_words(trial: Trial) -> str:
    signature = f"def {trial.function}(payload: dict[str, Any]) -> dict[str, Any]"
    remedy = gate_rules.RULES[gate_rules.UPCASTER_MISSING].remedy
    return f"write `{signature}`{remedy.removeprefix('write it')}"


def _dropped(source: Source, job: str, found: Difference) -> Verdict:
    """Say what the new worker takes and does not keep."""
    message = f"in `{found.place.name}`, {found.message}" if found.place.name else found.message
    where = ("jobs", job, "payload", *found.place.read)
    return verdict(source, found.rule, job, where, message, warning=True)


def _unread(
    source: Source, job: str, found: Difference, *, other: str, remark: str = ""
) -> Verdict:
    """Say what the new worker cannot read; `other` is whether the old one reads what is new."""
    shown = _witness(found)
    name = found.place.name or "the payload"
    message = f"`{name}`{remark}: {found.message} by the new worker{_doubt(found, shown)}"
    where = ("jobs", job, "payload", *found.place.read)
    refused = verdict(source, found.rule, job, where, message)
    return replace(refused, new_reads_old="no", old_reads_new=other, witness=shown)


def _too_new(source: Source, job: str, found: Difference) -> Verdict:
    """Say what the old worker cannot read."""
    shown = _witness(found)
    name = found.place.name or "the payload"
    message = f"`{name}`: {found.message} by the old worker{_doubt(found, shown)}"
    where = ("jobs", job, "payload", *found.place.written)
    hint = "deploy the worker before anything that sends"
    warned = verdict(source, found.rule, job, where, message, hint=hint, warning=True)
    return replace(warned, why=_EARLY, new_reads_old="yes", old_reads_new="no", witness=shown)


def _witness(found: Difference) -> str:
    """Return how what cannot be read begins; parts that are shared make all of it endless."""
    document = found.witness()
    text = ""
    if document is not NO_DEFAULT:
        for piece in json.JSONEncoder(ensure_ascii=False).iterencode(document):
            text += piece
            if len(text) >= _LONGEST_WITNESS:
                break
    return text[:_LONGEST_WITNESS]


def _doubt(found: Difference, witness: str) -> str:
    """Return what to add where two sets of texts cannot be compared."""
    written = found.writer
    by_pattern = isinstance(written, String) and written.pattern is not None
    if witness or not (by_pattern or found.rule in (gate_rules.PATTERN, gate_rules.FORMAT)):
        return ""
    return "; whether there is any such text cannot be told, so it is refused"

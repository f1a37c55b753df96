"""What was published before a change, against what is published now: history is not rewritten."""

from collections.abc import Iterator
from dataclasses import replace

from generator import gate_rules
from generator.compat.sides import Side
from generator.compat.verdict import Verdict, verdict
from generator.manifest.resolved import Job
from generator.manifest.source import Source
from generator.published.versions import Version
from generator.render.contract import path


def verdicts(source: Source, before: tuple[Side, Job], now: tuple[Side, Job]) -> Iterator[Verdict]:
    """Yield what is missing or changed of a job's versions that were published before.

    Args:
        source: The text of the new manifest.
        before: The side that is compared with, and the job there.
        now: The side that is judged, and the job there.
    """
    (old_side, old), (new_side, new) = before, now
    here = new_side.history.of(new.name)
    faults = new_side.history.faults.get(new.name, {})
    for number, was in old_side.history.of(new.name).items():
        if number > new.contract:
            continue
        wrong = _wrong(was, here.get(number), faults.get(number, ""), closed=number < old.contract)
        if not wrong:
            continue
        file = path(new.name, number)
        if old_side.apart is not None and old_side.apart.holds(file) and number in here:
            yield _taken(source, old_side, new, number)
        else:
            yield _rewritten(source, old_side, new, number, wrong)


def unreadable(source: Source, side: Side) -> Iterator[Verdict]:
    """Yield what of the published contracts is not as it was generated, or is not there.

    Of the current number's file only what cannot be read at all is said: the rest is made anew.
    """
    for job in side.manifest.jobs:
        here, faults = side.history.of(job.name), side.history.faults.get(job.name, {})
        wrong = {n: fault for n, fault in faults.items() if n <= job.contract}
        for number, version in here.items():
            if number < job.contract and not version.intact:
                wrong[number] = "was changed by hand"
        known = {*here, *faults}
        for number in range(min(known, default=job.contract), job.contract):
            if number not in known and any(n > number for n in known):
                wrong[number] = "is missing, while an older one is there"
        for number, reason in sorted(wrong.items()):
            file = path(job.name, number)
            hint = f"take it back: `git checkout HEAD -- {file}`, or from the branch it is on"
            where = ("jobs", job.name, "contract")
            message = f"{file} {reason}"
            yield verdict(source, gate_rules.HISTORY, job.name, where, message, hint=hint)


def _wrong(was: Version, now: Version | None, fault: str, *, closed: bool) -> str:
    """Return what is wrong with a version, to be said after its path; empty if nothing is."""
    if now is None:
        return fault or "is missing"
    if closed:
        return "" if now.intact and now.said == was.said else "was changed"
    lost = sum(not now.keeps(state) for state in was.states)
    return f"no longer keeps {lost} of the schemas that were published in it" if lost else ""


def _rewritten(source: Source, old: Side, job: Job, number: int, wrong: str) -> Verdict:
    file = path(job.name, number)
    if old.commit:
        hint = f"`git checkout {old.name} -- {file}`, then `make generate`"
    else:
        hint = f"take it back from beside {old.name}, then `make generate`"
    hint += "; a version of which no message is alive is retired in `allowed_changes`"
    message = f"{file} was published at {old.name}, and here it {wrong}"
    found = verdict(
        source, gate_rules.HISTORY, job.name, ("jobs", job.name, "contract"), message, hint=hint
    )
    return replace(found, new_reads_old="no")


def _taken(source: Source, old: Side, job: Job, number: int) -> Verdict:
    file = path(job.name, number)
    message = f"{number} was published at {old.name} with another schema than here"
    kept, mine = file, f"write `from_{number}`"
    if number > 1:
        kept = f"{file} and its `from_{number - 1}`"
        mine = f"make your `from_{number - 1}` into `from_{number}`"
    hint = (
        f"merge {old.name} and keep its {kept}; write `contract: "
        f"{max(number + 1, job.contract)}`, {mine}, from that schema to yours, "
        "and run `make generate`"
    )
    if old.apart is not None and not old.apart.known:
        hint += (
            "; unless it was rewritten here: this clone lacks the history that tells, which "
            "`git fetch --unshallow` brings"
        )
    found = verdict(
        source, gate_rules.TAKEN, job.name, ("jobs", job.name, "contract"), message, hint=hint
    )
    return replace(found, new_reads_old="no")

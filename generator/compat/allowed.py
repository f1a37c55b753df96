"""Verdicts that are known and meant: `allowed_changes` of the manifest, reviewed like all of it.

An entry stands for one rule and one job until a day. What it allows is no refusal any more, and is
still said: with who answers for it, and with what is lost.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator import gate_rules
from generator.compat.verdict import Verdict, verdict
from generator.diagnostics import Severity
from generator.manifest.resolved import AllowedChange, Manifest
from generator.manifest.source import Source, Where
from generator.words import did_you_mean

_LONGEST = dt.timedelta(days=gate_rules.LONGEST_ALLOWANCE)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Verdicts, by whether they are allowed.

    Attributes:
        left: Those that are not, and what is wrong with the entries themselves.
        allowed: Those that are, each with its entry.
    """

    left: tuple[Verdict, ...]
    allowed: tuple[tuple[Verdict, AllowedChange], ...]


def sort_out(
    source: Source, found: Iterable[Verdict], old: Manifest, new: Manifest, today: dt.date
) -> Sorted:
    """Take what is allowed out of the verdicts.

    Args:
        source: The text of the new manifest.
        found: Every verdict.
        old: The manifest before.
        new: The manifest after, with its entries.
        today: The day to judge from, in UTC.
    """
    entries = new.allowed_changes
    valid = {
        (entry.rule, entry.job): index
        for index, entry in reversed(list(enumerate(entries)))
        if _is_valid(entry, today)
    }
    left, allowed, used = [], [], set()
    for each in found:
        index = valid.get((each.finding.rule, each.job))
        if index is None:
            left.append(each)
        else:
            used.add(index)
            allowed.append((each, entries[index]))
    jobs = {job.name for job in (*old.jobs, *new.jobs)}
    for index, entry in enumerate(entries):
        if index not in used:
            left.append(_complaint(source, index, entry, today, jobs))
    left.sort(key=lambda v: (v.finding.line, v.finding.column, v.finding.rule, v.finding.message))
    return Sorted(tuple(left), tuple(allowed))


def for_tools(judged: Sorted) -> Iterator[Verdict]:
    """Yield the verdicts as tools get them: an allowed refusal is a warning that says whose."""
    yield from judged.left
    for each, entry in judged.allowed:
        if each.is_refusal:
            message = f"{each.finding.message}; {said(entry)}. {each.why}"
            finding = replace(each.finding, message=message, severity=Severity.WARNING)
            yield replace(each, finding=finding)


def said(entry: AllowedChange) -> str:
    """Return who allows a change, until when and why."""
    return f"allowed by {entry.owner} until {entry.until}: {' '.join(entry.reason.split())}"


def _is_valid(entry: AllowedChange, today: dt.date) -> bool:
    last = dt.date.fromisoformat(entry.until)
    return entry.rule in gate_rules.ALLOWABLE and today <= last <= today + _LONGEST


def _complaint(
    source: Source, index: int, entry: AllowedChange, today: dt.date, jobs: set[str]
) -> Verdict:
    """Say why an entry allows nothing."""
    where: Where = ("allowed_changes", index)
    about = f" of `{entry.job}`" if entry.job else ""
    if entry.rule not in gate_rules.ALLOWABLE:
        message = f"`{entry.rule}` is no rule that can be allowed"
        hint = did_you_mean(entry.rule, gate_rules.ALLOWABLE)
        return verdict(source, gate_rules.ALLOWED_UNKNOWN, "", (*where, "rule"), message, hint=hint)
    if dt.date.fromisoformat(entry.until) > today + _LONGEST:
        message = f"`{entry.rule}`{about} is allowed until {entry.until}"
        hint = f"write {today + _LONGEST} or a nearer day: the change is to be deployed by then"
        until = (*where, "until")
        return verdict(source, gate_rules.ALLOWED_FAR, "", until, message, hint=hint)
    if not _is_valid(entry, today):
        message = f"`{entry.rule}`{about} was allowed until {entry.until}"
        return verdict(
            source,
            gate_rules.ALLOWED_EXPIRED,
            "",
            (*where, "until"),
            message,
            warning=True,
        )
    message = f"`{entry.rule}`{about} does not occur"
    hint = ""
    if entry.job and entry.job not in jobs:
        message += f": there is no job `{entry.job}`, before or after"
        hint = did_you_mean(entry.job, jobs)
    rule = (*where, "rule")
    return verdict(source, gate_rules.ALLOWED_UNUSED, "", rule, message, hint=hint, warning=True)

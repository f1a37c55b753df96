"""Applying every rule to a manifest."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import filterfalse
from operator import attrgetter

from generator.diagnostics import Finding, has_errors
from generator.manifest import model
from generator.manifest.resolved import Manifest, Worker
from generator.manifest.source import Source, Where
from generator.rules import (  # noqa: F401 - importing a topic registers its rules
    alarms,
    allowances,
    capacity,
    costs,
    daylight,
    enqueues,
    environments,
    expressions,
    fires,
    idempotency,
    names,
    permissions,
    places,
    ranges,
    reading,
    renames,
    retries,
    roots,
    runtimes,
    schedules,
    secrecy,
    states,
    variables,
)
from generator.rules.allowances import Allowances
from generator.rules.partly import UnknownValueError, covers, known_of, known_written
from generator.rules.registry import (
    Fact,
    Rule,
    Subject,
    Violation,
    Whole,
    job_rule,
    whole_rule,
    worker_rule,
)

_SERVED = attrgetter("job.served_by")


def judge(
    source: Source,
    written: model.Manifest,
    resolved: Manifest,
    unknown: frozenset[Where] = frozenset(),
) -> list[Finding]:
    """Return a finding for every violation of every rule, save warnings that are allowed.

    Of what is `unknown`, and of what depends on it, nothing is said.
    """
    allowed = Allowances(written)
    outside = _outside(known_of(resolved, unknown), allowed)
    unknown = unknown.union(violation.where for _, violation in outside)
    whole = Whole(known_written(written, unknown), known_of(resolved, unknown))
    violations = (*outside, *_violations(whole, allowed))
    found = [
        _finding(source, fact, violation)
        for fact, violation in violations
        if (fact, violation) in outside or not covers(unknown, violation.where)
    ]
    facts = {fact.id: fact for fact in all_facts()}
    sound = not unknown and not has_errors(found)
    found += [_finding(source, *complaint) for complaint in allowed.complaints(facts, sound=sound)]
    return found


def all_facts() -> Iterator[Fact]:
    """Yield what every rule says, by name."""
    facts = [rule.fact for rule in whole_rule.rules]
    facts += [rule.fact for rule in job_rule.rules]
    facts += [rule.fact for rule in worker_rule.rules]
    facts += [*reading.FACTS, *allowances.FACTS, *places.FACTS, *roots.FACTS]
    yield from sorted(facts, key=lambda fact: fact.id)


def _outside(resolved: Manifest, allowed: Allowances) -> list[tuple[Fact, Violation]]:
    """Return the numbers that were written outside of their ranges: nothing follows from those."""
    return [
        (rule.fact, violation)
        for rule in worker_rule.rules
        if rule.fact.id in ranges.FIELDS
        for violation in _once_each(rule, resolved, allowed)
        if violation.where[-1] == ranges.FIELDS[rule.fact.id].rpartition(".")[2]
    ]


def _violations(whole: Whole, allowed: Allowances) -> Iterator[tuple[Fact, Violation]]:
    for rule in whole_rule.rules:
        for _, violation in _known(rule, [whole]):
            if not allowed.cover(_job_of(violation), rule.fact):
                yield rule.fact, violation
    for of_job in job_rule.rules:
        for job, violation in _known(of_job, whole.resolved.jobs):
            if not allowed.cover(job.name, of_job.fact):
                yield of_job.fact, violation
    for of_worker in worker_rule.rules:
        for violation in _once_each(of_worker, whole.resolved, allowed):
            yield of_worker.fact, violation


def _known(rule: Rule[Subject], subjects: Iterable[Subject]) -> Iterator[tuple[Subject, Violation]]:
    """Yield what a rule says about each subject, until it asks for what is not known of it."""
    check = rule.check
    for subject in subjects:
        # No `suppress`: entering it takes longer than most rules do.
        try:
            for violation in check(subject):
                yield subject, violation
        except UnknownValueError:
            pass


def _once_each(rule: Rule[Worker], resolved: Manifest, allowed: Allowances) -> Iterator[Violation]:
    """Say once what is wrong at one place, and in which environments unless it is all of them."""
    seen: dict[Violation, list[str]] = {}
    for environment, workers in resolved.workers.items():
        # What is wrong with a job is said once, not once more for each of its former names.
        for worker, violation in _known(rule, filterfalse(_SERVED, workers)):
            if not allowed.cover(worker.job.name, rule.fact):
                seen.setdefault(violation, []).append(environment)
    for violation, found_in in seen.items():
        if "environments" in violation.where or set(found_in) >= set(resolved.environments):
            yield violation
        else:
            listed = ", ".join(dict.fromkeys(found_in))
            yield replace(violation, message=f"{violation.message} (in {listed})")


def _job_of(violation: Violation) -> str:
    """Return the job that a violation is about, empty if it is about none."""
    where = violation.where
    return str(where[1]) if len(where) > 1 and where[0] == "jobs" else ""


def _finding(source: Source, fact: Fact, violation: Violation) -> Finding:
    return source.finding(
        violation.where,
        fact.id,
        violation.message,
        violation.hint or fact.remedy,
        severity=fact.severity,
        key=violation.key,
        offset=violation.offset,
    )

"""Applying every rule to a manifest."""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.diagnostics import Finding
from generator.manifest import model
from generator.manifest.resolved import Manifest
from generator.manifest.source import Source
from generator.rules import (  # noqa: F401 - importing a topic registers its rules
    environments,
    idempotency,
    names,
    ranges,
    retries,
    runtimes,
    schedules,
    variables,
)
from generator.rules.registry import (
    Rule,
    Violation,
    Whole,
    job_rule,
    whole_rule,
    worker_rule,
)


def judge(source: Source, written: model.Manifest, resolved: Manifest) -> list[Finding]:
    """Return a finding for every violation of every rule."""
    whole = Whole(written, resolved)
    found = [_finding(source, rule, v) for rule in whole_rule.rules for v in rule.check(whole)]
    found += [
        _finding(source, rule, violation)
        for rule in job_rule.rules
        for job in resolved.jobs
        for violation in rule.check(job)
    ]
    for rule in worker_rule.rules:
        found += [_finding(source, rule, v) for v in _once_each(rule, resolved)]
    return found


def all_rules() -> Iterator[Rule[Any]]:
    """Yield every rule, by name."""
    rules: list[Rule[Any]] = [*whole_rule.rules, *job_rule.rules, *worker_rule.rules]
    yield from sorted(rules, key=lambda rule: rule.id)


def _once_each(rule: Rule[Any], resolved: Manifest) -> Iterator[Violation]:
    """Say once what is wrong at one place, and in which environments unless it is all of them."""
    seen: dict[Violation, list[str]] = {}
    for environment, workers in resolved.workers.items():
        for worker in workers:
            for violation in rule.check(worker):
                seen.setdefault(violation, []).append(environment)
    for violation, environments_ in seen.items():
        if "environments" in violation.where or len(environments_) == len(resolved.environments):
            yield violation
        else:
            message = f"{violation.message} (in {_listed(environments_)})"
            yield Violation(violation.where, message, violation.hint, violation.key)


def _listed(names_: Iterable[str]) -> str:
    return ", ".join(names_)


def _finding(source: Source, rule: Rule[Any], violation: Violation) -> Finding:
    return source.finding(
        violation.where,
        rule.id,
        violation.message,
        violation.hint or rule.remedy,
        severity=rule.severity,
        key=violation.key,
    )

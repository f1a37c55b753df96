"""Warnings that somebody has looked at: `allow`, with the reason beside the job.

A job's list covers what is said about that job, the manifest's what is said about no job.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Severity
from generator.gate_rules import RULES as GATE
from generator.manifest import model
from generator.manifest.source import Where
from generator.manifest.types import says_something
from generator.rules.registry import Fact, Violation
from generator.words import did_you_mean, shown

UNKNOWN = Fact(
    "allow-unknown",
    "What is allowed is a rule.",
    "A misspelt name would silence nothing, and nobody would know.",
    "use the name that the warning shows in brackets",
    "the manifest's own form",
)
ERROR = Fact(
    "allow-error",
    "Only warnings are allowed, never errors.",
    "What an error names would fail at apply, or lose messages, whatever the reason is.",
    "correct what the error names, and remove this",
    "the manifest's own form",
)
REASON = Fact(
    "allow-reason",
    "What is allowed has a reason.",
    "Without one nobody can tell later whether it still holds.",
    "say why the warning does not matter here",
    "the manifest's own form",
)
UNUSED = Fact(
    "allow-unused",
    "What is allowed does happen.",
    "An allowance that outlives its warning would silence the next one unseen.",
    "remove it",
    "the manifest's own form",
    Severity.WARNING,
)
FACTS = (UNKNOWN, ERROR, REASON, UNUSED)


@dataclass(slots=True)
class Allowances:
    """Every `allow` of a manifest, and which of them were needed.

    Attributes:
        written: The manifest as written.
        used: Places of those that were needed.
    """

    written: model.Manifest
    used: set[Where] = field(default_factory=set)
    _by_job: dict[str, dict[str, Where]] = field(default_factory=dict)

    def cover(self, job: str, fact: Fact) -> bool:
        """Say whether a warning about a job, or about none (""), is allowed, and remember that."""
        if fact.severity is not Severity.WARNING:
            return False
        listed = self._listed(job)
        if fact.id not in listed:
            return False
        self.used.add(listed[fact.id])
        return True

    def complaints(
        self, known: Mapping[str, Fact], *, sound: bool
    ) -> Iterator[tuple[Fact, Violation]]:
        """Yield what is wrong with the allowances themselves.

        Args:
            known: Every rule by its id.
            sound: Whether every rule could be judged; only then is an unneeded one known to be so.
        """
        for job in ("", *self.written.jobs):
            for where, allowance in self._of(job):
                rule = (*where, "rule")
                if allowance.rule not in known:
                    message = f"there is no rule {shown(allowance.rule)}"
                    yield UNKNOWN, Violation(rule, message, _meant(allowance.rule, known))
                elif known[allowance.rule].severity is Severity.ERROR:
                    yield ERROR, Violation(rule, f"`{allowance.rule}` is an error")
                elif not says_something(allowance.reason):
                    yield REASON, Violation((*where, "reason"), "the reason is blank")
                elif sound and where not in self.used:
                    yield UNUSED, Violation(rule, f"`{allowance.rule}` does not occur here")

    def _listed(self, job: str) -> dict[str, Where]:
        """Return the first place of each rule that is allowed about a job."""
        if job not in self._by_job:
            listed: dict[str, Where] = {}
            for where, allowance in self._of(job):
                listed.setdefault(allowance.rule, where)
            self._by_job[job] = listed
        return self._by_job[job]

    def _of(self, job: str) -> Iterator[tuple[Where, model.Allowance]]:
        where: Where = ("jobs", job, "allow") if job else ("allow",)
        allowed = self.written.jobs[job].allow if job else self.written.allow
        for index, allowance in enumerate(allowed):
            yield (*where, index), allowance


def _meant(rule: str, known: Mapping[str, Fact]) -> str:
    """Return where a rule of the gate is allowed, or which rule's name is nearly this one."""
    if rule in GATE:
        return "it is a rule of `compat`: allow it in `allowed_changes`, at the top"
    return did_you_mean(rule, known)

"""One verdict of the gate: what a change does, and who can read what because of it."""

from dataclasses import dataclass

from generator import gate_rules
from generator.diagnostics import Finding, Severity
from generator.manifest.source import Source, Where


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

    @property
    def is_refusal(self) -> bool:
        """Whether the change is refused for this."""
        return self.finding.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that is said about a change.

    Attributes:
        verdicts: In the order of the manifest.
        untried: What no upcaster was tried on, a phrase each.
    """

    verdicts: tuple[Verdict, ...]
    untried: tuple[str, ...] = ()


def verdict(  # noqa: PLR0913 - the parts of a verdict
    source: Source,
    rule: str,
    job: str,
    where: Where,
    message: str,
    *,
    hint: str = "",
    warning: bool = False,
    key: bool = False,
) -> Verdict:
    """Return a verdict of a rule, with the rule's reason and, unless one is given, its remedy."""
    known = gate_rules.RULES[rule]
    severity = Severity.WARNING if warning else Severity.ERROR
    hint = hint or known.remedy.replace(
        gate_rules.ALLOW, f"{gate_rules.ALLOW}: `{_entry(rule, job)}`"
    )
    finding = source.finding(where, rule, message, hint, severity=severity, key=key)
    return Verdict(finding, job, known.why)


def _entry(rule: str, job: str) -> str:
    """Return the entry that allows a verdict, but for what only a person knows."""
    about = f", job: {job}" if job else ""
    return f"- {{rule: {rule}{about}, reason: ..., owner: ..., until: ...}}"

"""What the gate says, for people; tools get the findings."""

from collections.abc import Iterable, Sequence

from generator.compat.gate import Verdict
from generator.diagnostics import Severity, as_text


def as_report(verdicts: Sequence[Verdict], steps: Iterable[str], source: str, against: str) -> str:
    """Return every verdict with its reasons, the order of deployment, and the sum of it all."""
    text = "".join(_verdict(verdict, source) for verdict in verdicts)
    steps = list(steps)
    if steps:
        text += "\nDeploy in this order:\n" + "".join(f"  {step}\n" for step in steps)
    errors = sum(verdict.finding.severity is Severity.ERROR for verdict in verdicts)
    warnings = len(verdicts) - errors
    if not verdicts:
        return f"{text}Compatible with {against}: every message in flight stays readable.\n"
    return f"{text}\n{errors} refused, {warnings} to mind, against {against}.\n"


def _verdict(verdict: Verdict, source: str) -> str:
    lines = as_text([verdict.finding], source).splitlines()
    extra = [f"  why: {verdict.why}"]
    if verdict.old_reads_new:
        extra.append(f"  new worker reads old message: {verdict.new_reads_old}")
        extra.append(f"  old worker reads new message: {verdict.old_reads_new}")
    if verdict.witness:
        extra.append(f"  such as: {verdict.witness}")
    hint = [line for line in lines if line.startswith("  hint: ")]
    rest = [line for line in lines if not line.startswith("  hint: ")]
    return "\n".join([*rest, *extra, *hint]) + "\n"

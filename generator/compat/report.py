"""What the gate says, for people; tools get the findings."""

from collections.abc import Sequence

from generator.compat.allowed import said
from generator.compat.deployment import Order
from generator.compat.verdict import Verdict
from generator.diagnostics import as_text
from generator.manifest.resolved import AllowedChange
from generator.words import visible

_NOTHING = Order()


def as_report(  # noqa: PLR0913 - the parts of a report
    left: Sequence[Verdict],
    source: str,
    against: str,
    *,
    allowed: Sequence[tuple[Verdict, AllowedChange]] = (),
    order: Order = _NOTHING,
    untried: Sequence[str] = (),
) -> str:
    """Return every verdict with its reasons, what is allowed and lost, and the sum of it all.

    Args:
        left: The verdicts that hold.
        source: The text of the manifest that they are about.
        against: What was compared with.
        allowed: The verdicts that are allowed, each with its entry.
        order: What to deploy before what.
        untried: What no upcaster was tried on.
    """
    text = "".join(_verdict(each, source) for each in left)
    if allowed:
        text += "\nAllowed:\n" + "".join(f"  {_allowed(*each)}\n" for each in allowed)
    text += _block("Do not deploy", order.refused)
    text += _block("Deploy in this order", order.steps)
    text += _block("Not tried", untried)
    text = text.lstrip("\n")
    refused = sum(each.is_refusal for each in left)
    counted = f"{refused} refused, {len(left) - refused} to mind"
    if allowed:
        counted += f", {len(allowed)} allowed"
    if any(each.is_refusal for each, _ in allowed):
        end = "not every message in flight survives"
        return f"{text}\n{counted}, against {against}: {end}.\n"
    if allowed or left:
        return f"{text}\n{counted}, against {against}.\n"
    before = "\n" if text else ""
    return f"{text}{before}Compatible with {against}: every message in flight stays readable.\n"


def _block(title: str, lines: Sequence[str]) -> str:
    return (
        "".join(["\n", title, ":\n", *(f"  {visible(line)}\n" for line in lines)]) if lines else ""
    )


def _allowed(each: Verdict, entry: AllowedChange) -> str:
    about = f"{each.finding.rule} of `{each.job}`" if each.job else each.finding.rule
    lines = [visible(f"{about}: {said(entry)}"), each.finding.message, f"what happens: {each.why}"]
    return "\n    ".join(lines)


def _verdict(verdict: Verdict, source: str) -> str:
    lines = as_text([verdict.finding], source).splitlines()
    extra = [f"  why: {verdict.why}"]
    if verdict.new_reads_old:
        extra.append(f"  new worker reads old message: {verdict.new_reads_old}")
    if verdict.old_reads_new:
        extra.append(f"  old worker reads new message: {verdict.old_reads_new}")
    if verdict.witness:
        extra.append(f"  such as: {visible(verdict.witness)}")
    hint = [line for line in lines if line.startswith("  hint: ")]
    rest = [line for line in lines if not line.startswith("  hint: ")]
    return "\n".join([*rest, *extra, *hint]) + "\n"

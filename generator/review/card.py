"""The card: what reviewers read before they read the change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compat.allowed import Sorted, said
from generator.compat.deployment import Order
from generator.cost.prices import Prices
from generator.manifest.resolved import Manifest
from generator.render.markdown import code, table, text
from generator.review import changes, facts, money
from generator.review.changes import Changed, Moved
from generator.review.money import Bill

MARK = "<!-- clarivum review -->"
"""First line of a card, by which a workflow finds the comment to update."""

_MOST = 40
"""So many lines of a list are shown: a card is read, a thousand lines are not."""

Section = Iterator[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card is about.

    Attributes:
        against: The other side, as it was named.
        old: The manifest before.
        new: The manifest after.
        verdicts: What the gate says.
        order: What to deploy before what.
        prices: What AWS asks.
    """

    against: str
    old: Manifest
    new: Manifest
    verdicts: Sorted
    order: Order
    prices: Prices


def card(subject: Subject) -> str:
    """Return the card in markdown."""
    old, new = subject.old, subject.new
    resources = (*changes.secrets(old, new), *changes.moved(old, new, facts.resources))
    sections = (
        ("Messages in flight", _contract(subject)),
        ("Values that change", _changed(changes.values(old, new))),
        (
            "Resources",
            _moved(resources),
        ),
        ("Rights of workers", _moved(changes.moved(old, new, facts.rights))),
        ("Alarms", _moved(changes.moved(old, new, facts.alarms))),
        ("How long until on-call hears", _changed(changes.hearings(old, new))),
        ("Costs", _costs(subject)),
    )
    lines = [MARK, "## What this does to the jobs", "", *_jobs(subject)]
    for title, section in sections:
        found = list(section)
        if found:
            lines += ["", f"### {title}", "", *found]
    return "\n".join(lines) + "\n"


def _jobs(subject: Subject) -> Section:
    found = changes.jobs(subject.old, subject.new)
    names = {"added": found.added, "changed": found.changed, "removed": found.removed}
    told = [f"{verb} {', '.join(map(code, each))}" for verb, each in names.items() if each]
    told += [f"renamed {code(former)} to {code(name)}" for former, name in found.renamed]
    yield f"Against {code(subject.against)}: {'; '.join(told) or 'no job changes'}."


def _contract(subject: Subject) -> Section:
    verdicts = subject.verdicts
    rows = [
        (
            "**refused**" if each.is_refusal else "mind",
            code(each.job) if each.job else "",
            text(each.finding.message),
            text(each.finding.hint),
        )
        for each in verdicts.left
    ]
    rows += [
        ("allowed", code(each.job) if each.job else "", text(each.finding.message), text(said(by)))
        for each, by in verdicts.allowed
    ]
    if rows:
        yield table(("verdict", "job", "what", "what to do"), rows)
    else:
        yield "Every message in flight stays readable, by old workers and by new ones."
    for title, steps in (
        ("Do not deploy", subject.order.refused),
        ("Deploy in this order", subject.order.steps),
    ):
        if steps:
            yield f"\n{title}:\n"
            yield from (f"- {text(step)}" for step in steps)


def _changed(found: Sequence[Changed]) -> Section:
    if found:
        rows = [
            (code(c.job), ", ".join(c.environments), text(c.what), _cell(c.before), _cell(c.after))
            for c in found[:_MOST]
        ]
        yield table(("job", "where", "what", "before", "after"), rows)
        yield from _more(len(found))


def _moved(found: Sequence[Moved]) -> Section:
    if found:
        rows = [
            ("gained" if each.gained else "**lost**", code(each.what), ", ".join(each.environments))
            for each in found[:_MOST]
        ]
        yield table(("", "what", "where"), rows)
        yield from _more(len(found))


def _more(count: int) -> Section:
    if count > _MOST:
        yield f"\nand {count - _MOST:,} more"


def _costs(subject: Subject) -> Section:
    bills = money.environments(subject.old, subject.new, subject.prices)
    yield table(
        ("environment", "now", "after", "idle", "worst day", "budget"),
        ((*_bill(bill), _budget(bill)) for bill in bills),
    )
    jobs = list(money.jobs(subject.old, subject.new, subject.prices))
    if jobs:
        yield ""
        yield table(("job", "now", "after", "idle", "worst day"), map(_bill, jobs[:_MOST]))
        yield from _more(len(jobs))
    prices = subject.prices
    yield (
        f"\nUSD a month by list prices of {prices.region} of {prices.as_of}, before what is free; "
        "the worst day is a day's work alone, beside what every day costs."
    )


def _bill(bill: Bill) -> tuple[str, ...]:
    amounts = (bill.before, bill.after, bill.idle, bill.worst_day)
    return (text(bill.name), *map(_usd, amounts))


def _budget(bill: Bill) -> str:
    if bill.budget is None or bill.after is None or bill.after <= bill.budget:
        return _usd(bill.budget)
    return f"**{_usd(bill.budget)}, over by {_usd(bill.after - bill.budget)}**"


def _usd(amount: float | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _cell(value: str) -> str:
    return code(value) if value else "-"

"""What should have become of the jobs that talk to third parties, and of the files they make."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from envs.local.demo.parties import DAYS, LEAD, events
from envs.local.demo.rows import DONE, Row, equal, ran, row
from envs.local.demo.scenario import READER

if TYPE_CHECKING:
    from envs.local.demo.observe import Observation
    from envs.local.demo.scenario import Sent

ENRICH, BACKFILL, EXPORT = "lead-enrichment", "analytics-backfill", "pdf-export"
_DAYS = ("2026-01-01", "2026-01-02", "2026-01-03")


def lead(sent: Sent, seen: Observation) -> Row:
    """The lead is completed and pushed, once, although the provider was in a hurry at first."""
    runs = seen.runs_of(sent.lead)
    found = seen.parties["leads"].get(LEAD, {})
    problems = [
        *ran(runs, [(1, "retry"), (2, "done")]),
        *equal("state of the lead", "enriched", found.get("state")),
        *equal("charges of the provider", 1, seen.parties["charged"]),
        *equal("leads in the CRM", 1, len(seen.parties["pushed"])),
    ]
    effect = f"lead {found.get('state')}, {len(seen.parties['pushed'])} in the CRM"
    return row(ENRICH, "provider busy at first", runs, effect, problems)


def backfill(sent: Sent, seen: Observation) -> Row:
    """Each day is a job, and the rows that its manifest names are those of the source."""
    runs = seen.runs_of(sent.backfill)
    days = [run for run in seen.runs if run.job == BACKFILL and run.job_id not in sent.ids()]
    exported = {day: _rows(seen, day) for day in _DAYS}
    total = sum(map(len, exported.values()))
    problems = [
        *ran(runs, DONE),
        *equal("days done", DAYS, sum(run.outcome == "done" for run in days)),
        *equal("children on record", {"done": DAYS}, dict(seen.children)),
    ]
    for day, rows in exported.items():
        problems += [] if rows == events(day) else [f"rows of {day}: not those of the source"]
    done = seen.children.get("done", 0)
    effect = f"{done} days done by {len(days)} jobs, {total} rows"
    return row(BACKFILL, "a range of three days", runs, effect, problems)


def document(sent: Sent, seen: Observation) -> Row:
    """The document is stored, and the link in the one mail opens it."""
    runs = seen.runs_of(sent.document)
    book = seen.behind.get(READER, b"")
    problems = [
        *ran(runs, DONE),
        *equal("mails to the reader", 1, seen.mails.count(READER)),
        *equal("beginning of what the link opens", b"%PDF-", book[:5]),
    ]
    return row(EXPORT, "good", runs, f"PDF of {len(book) // 1024} kB behind the link", problems)


def _rows(seen: Observation, day: str) -> list[Any]:
    """Return the rows that a day's manifest names."""
    manifest = json.loads(seen.data.get(f"exports/demo/{day}/manifest.json", "{}"))
    parts = (seen.data.get(part["key"], "") for part in manifest.get("parts", ()))
    return [json.loads(line) for part in parts for line in part.splitlines()]

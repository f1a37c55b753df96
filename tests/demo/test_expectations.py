"""The demo judges by what was seen: anything missing, doubled or wrong is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from envs.local.demo.expectations import compare
from envs.local.demo.observe import DeadLetter, Observation, Run
from envs.local.demo.parties import DAYS, LEAD, events
from envs.local.demo.scenario import READER, RECIPIENT, Sent
from envs.local.demo.site import OUT_OF_ORDER, published

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKFILL = "analytics-backfill"
MAIL, WARM, MAP = "email-fulfillment", "cache-warming", "sitemap-regeneration"
RINGING = frozenset({f"clarivum-local-{job}-dead-letters" for job in (MAIL, WARM)})


def _exported() -> Iterator[tuple[str, str]]:
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        place = f"exports/demo/{day}"
        parts = [{"key": f"{place}/part"}] if events(day) else []
        yield f"{place}/part", "\n".join(map(json.dumps, events(day)))
        yield f"{place}/manifest.json", json.dumps({"parts": parts})


SENT = Sent(
    sitemap="map",
    lead="lead",
    backfill="range",
    document="book",
    mails=("mail", "again"),
    warming="warm",
    pages=("/a", "/b"),
    broken="broken",
    forbidden="forbidden",
    rejected="rejected",
    refusal="payload is invalid",
    scheduled=("first", "second"),
)
GOOD = Observation(
    runs=(
        Run(MAP, "map", 1, "done"),
        Run("lead-enrichment", "lead", 1, "retry"),
        Run("lead-enrichment", "lead", 2, "done"),
        Run(BACKFILL, "range", 1, "done"),
        *(Run(BACKFILL, f"day-{number}", 1, "done") for number in range(DAYS)),
        Run("pdf-export", "book", 1, "done"),
        Run(MAIL, "of the export", 1, "done"),
        Run(MAIL, "mail", 1, "done"),
        Run(MAIL, "again", 1, "retry"),
        Run(MAIL, "again", 2, "duplicate"),
        Run(WARM, "warm", 1, "done"),
        *(Run(WARM, "broken", attempt, "retry") for attempt in range(1, 5)),
        Run(WARM, "broken", 5, "dead"),
        Run(WARM, "forbidden", 1, "dead"),
        Run(MAIL, "rejected", 1, "dead"),
        Run(WARM, "first", 1, "done"),
        Run(WARM, "second", 1, "duplicate"),
        Run(WARM, "by the schedule", 1, "done"),
    ),
    dead=(
        DeadLetter(WARM, "broken", 5, "answered with 5xx"),
        DeadLetter(WARM, "forbidden", 1, "only pages of the site"),
        DeadLetter(MAIL, "rejected", 1, "not verified"),
    ),
    waiting=0,
    mails=(RECIPIENT, READER),
    objects={"sitemap-1.xml": "<urlset>" + "<loc>" * len(published()), "sitemap.xml": "<loc>"},
    data=dict(_exported()),
    children={"done": DAYS},
    behind={READER: b"%PDF-1.7"},
    parties={"leads": {LEAD: {"state": "enriched"}}, "charged": 1, "pushed": [{}]},
    hits={"/a": 1, "/b": 1, OUT_OF_ORDER: 5, **{entry["path"]: 2 for entry in published()}},
    alarms=RINGING,
    notified=RINGING,
)


def _problems(seen: Observation, sent: Sent = SENT) -> list[str]:
    return [problem for row in compare(sent, seen) for problem in row.problems]


def test_all_as_it_should_be() -> None:
    """Nothing is told, and the failing job's row says how it ended."""
    rows = compare(SENT, GOOD)

    assert _problems(GOOD) == []
    (broken,) = [row for row in rows if row.case == "page out of order"]
    assert (broken.attempts, broken.reason) == ("5", "answered with 5xx")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"mails": (RECIPIENT, RECIPIENT)}, "mails sent: expected 1, got 2"),
        ({"mails": (RECIPIENT, READER, READER)}, "mails to the reader: expected 1, got 2"),
        ({"behind": {READER: b"<Error>"}}, "what the link opens"),
        ({"data": {}}, "rows of 2026-01-01: not those of the source"),
        ({"children": {"done": 2, "dead": 1}}, "children on record"),
        ({"parties": {"leads": {}, "charged": 2, "pushed": []}}, "charges of the provider"),
        ({"mails": ()}, "mails sent: expected 1, got 0"),
        ({"objects": {}}, "addresses in the sitemap: expected 7, got 0"),
        ({"dead": ()}, "dead letters: expected 1, got 0"),
        ({"dead": (*GOOD.dead, GOOD.dead[0])}, "dead letters: expected 1, got 2"),
        ({"dead": (replace(GOOD.dead[0], reason=""), GOOD.dead[1])}, "has no reason"),
        ({"dead": (replace(GOOD.dead[0], attempt=4), GOOD.dead[1])}, "expected 5, got 4"),
        ({"notified": frozenset()}, "on-call was not told"),
        ({"alarms": frozenset()}, "ringing alarms"),
        ({"alarms": RINGING | {"clarivum-local-pdf-export-dead-letters"}}, "ringing alarms"),
        ({"hits": {**GOOD.hits, "/a": 2}}, "hits of each page: expected [1, 1], got [2, 1]"),
        ({"hits": {**GOOD.hits, "/about": 3}}, "hits of each page"),
        ({"runs": GOOD.runs[:-1]}, "no scheduled run is done"),
        ({"runs": (*GOOD.runs, Run(MAIL, "stranger", 1, "done"))}, "jobs that nobody here sent"),
        ({"runs": (*GOOD.runs, Run(MAP, "map", 2, "done"))}, "attempts"),
    ],
)
def test_whatever_differs_is_told(changed: dict[str, object], told: str) -> None:
    """One wrong thing in the world is at least one problem, in words."""
    seen = replace(GOOD, **changed)  # type: ignore[arg-type] # each case names real fields

    assert any(told in problem for problem in _problems(seen))


def test_an_accepted_invalid_payload_is_told() -> None:
    """The library must refuse what does not fit the contract."""
    assert "the library accepted it" in _problems(GOOD, replace(SENT, refusal=""))

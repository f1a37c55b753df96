"""The third parties of the jobs, played on this machine: what they know and what they were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]
Failure = tuple[int, dict[str, str], bytes]

LEAD = "00000000-0000-4000-8000-000000000001"
DOCUMENT = "00000000-0000-4000-8000-000000000002"
FIRST_DAY, DAYS = "2026-01-01", 3
_ROWS = {"2026-01-01": 2500, "2026-01-02": 0, "2026-01-03": 7}
_PATHS = ("/rest/v1/leads", "/v1/enrich", "/leads", "/v1/events")


@dataclass
class Parties:
    """PostgREST's table of leads, an enrichment provider, a CRM and the events' API.

    Attributes:
        leads: The rows, by id.
        facts: What the provider knows of everybody.
        once: By path, what is answered instead, the first time.
        charged: Idempotency keys that the provider has charged for.
        pushed: What the CRM was told, by idempotency key.
        events: What happened, by day.
    """

    leads: dict[str, Row] = field(default_factory=dict)
    facts: Row = field(default_factory=dict)
    once: dict[str, Failure] = field(default_factory=dict)
    charged: set[str] = field(default_factory=set)
    pushed: dict[str, Row] = field(default_factory=dict)
    events: dict[str, list[Row]] = field(default_factory=dict)

    def knows(self, path: str) -> bool:
        """Whether one of them answers at a path."""
        return path in _PATHS

    def answer(self, method: str, address: str, body: Any, key: str) -> Any:  # noqa: ANN401
        """Do what is asked and return the answer."""
        parts = urlsplit(address)
        if parts.path == "/v1/enrich":
            self.charged.add(key)
            return self.facts
        if parts.path == "/leads":
            self.pushed.setdefault(key, body)
            return {}
        if parts.path == "/v1/events":
            return self.page(parse_qs(parts.query))
        return self._rows(method, parse_qs(parts.query), body)

    def page(self, query: dict[str, list[str]]) -> Row:
        """Return one page of a day's events; its cursor is of this server's own making."""
        begin = int(query.get("cursor", ["at-0"])[0].removeprefix("at-"))
        end = begin + int(query["limit"][0])
        rows = self.events.get(query["day"][0], [])
        return {"events": rows[begin:end], "next": f"at-{end}" if end < len(rows) else None}

    def told(self) -> Row:
        """Return what a person may want to see of it."""
        pushed = list(self.pushed.values())
        return {"leads": self.leads, "charged": len(self.charged), "pushed": pushed}

    def _rows(self, method: str, query: dict[str, list[str]], body: Row) -> list[Row]:
        row = self.leads.get(query["id"][0].removeprefix("eq."))
        if row is None or f"neq.{row['state']}" in query.get("state", []):
            return []
        if method == "PATCH":
            row.update(body)
        return [row]


def of_the_demo() -> Parties:
    """Return the parties of the demo: one lead, three days of events, and a provider in a hurry."""
    lead = {"id": LEAD, "email": "ada@customer.example", "state": "captured"}
    return Parties(
        leads={LEAD: lead},
        facts={"company": "Analytical Engines", "role": "Countess", "country": "GB"},
        once={"/v1/enrich": (429, {"Retry-After": "1"}, b"")},
        events={day: events(day) for day in _ROWS},
    )


def events(day: str) -> list[Row]:
    """Return what happened on a day of the demo."""
    return [{"id": f"{day}/{number}", "name": "view"} for number in range(_ROWS[day])]


def document() -> Row:
    """Return the one document of the demo, as the content API has it."""
    text = "Switch it on.\n\nSwitch it off again, and mind the „old“ wiring."
    sections = [{"heading": "Every day", "text": text}, {"heading": "Now and then", "text": text}]
    return {"title": "How to keep a lamp", "language": "en", "sections": sections}

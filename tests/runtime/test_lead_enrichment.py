"""A lead is completed, written back and told to the CRM, once, whatever the parties do."""

import dataclasses
import uuid
from collections.abc import Iterator

import pytest

from clarivum_jobs import JobContext, PermanentError, RetryAfter
from clarivum_jobs.core.context import Secret
from generated.payloads.lead_enrichment import LeadEnrichment
from handlers.lead_enrichment import handle
from handlers.support.party import KeyRefusedError, PartyError
from tests.runtime.handler_support import attempt
from tests.runtime.parties import CUT, Parties, serving

LEAD = str(uuid.UUID(int=7))
PAYLOAD = LeadEnrichment(lead_id=uuid.UUID(LEAD), email="old@customer.example", source="referral")
FACTS = {"company": "Analytical Engines", "role": "Countess", "country": "GB"}
ROWS, PROVIDER, CRM = "/rest/v1/leads", "/v1/enrich", "/leads"
STEPS = (ROWS, PROVIDER, CRM)


@pytest.fixture
def parties(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parties]:
    """Return the parties, with one lead."""
    row = {"id": LEAD, "email": "ada@customer.example", "state": "captured"}
    with serving(Parties({LEAD: row}, {**FACTS, "score": 9})) as served:
        for name in ("SUPABASE_URL", "ENRICHMENT_URL", "CRM_URL"):
            monkeypatch.setenv(name, served.url)
        yield served


def _attempt() -> JobContext:
    return dataclasses.replace(attempt(), secret=lambda name, **_: f"value of {name}")


def test_lead_is_completed_written_and_pushed(parties: Parties) -> None:
    """The row has the facts and its new state; provider and CRM got the key."""
    handle(PAYLOAD, _attempt())

    assert parties.leads[LEAD] == {
        **FACTS,
        "id": LEAD,
        "email": "ada@customer.example",
        "state": "enriched",
    }
    assert parties.charged == {"f" * 64}
    document = {"lead_id": LEAD, "email": "ada@customer.example", "source": "referral", **FACTS}
    assert parties.pushed == {"f" * 64: document}


def test_lead_that_is_enriched_is_only_pushed(parties: Parties) -> None:
    """What a person has corrected since stays, and nobody is charged."""
    parties.leads[LEAD].update(state="enriched", company="Corrected")

    handle(PAYLOAD, _attempt())

    assert parties.asked == [f"GET {ROWS}", f"POST {CRM}"]
    assert parties.leads[LEAD]["company"] == "Corrected"
    assert parties.pushed["f" * 64]["company"] == "Corrected"


def test_lead_that_is_gone_is_permanent(parties: Parties) -> None:
    """No attempt brings it back."""
    parties.leads.clear()

    with pytest.raises(PermanentError, match="gone") as caught:
        handle(PAYLOAD, _attempt())
    assert caught.value.code == "lead_gone"


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ((500, {}, b""), PartyError),
        ((502, {}, b"<html>"), PartyError),
        ((503, {"Retry-After": "40"}, b""), RetryAfter),
        ((429, {"Retry-After": "40"}, b""), RetryAfter),
        ((429, {"Retry-After": "Wed, 01 Jan 2020 00:00:00 GMT"}, b""), RetryAfter),
        ((429, {}, b""), PartyError),
        ((401, {}, b""), KeyRefusedError),
        ((200, {}, b"{"), PartyError),
        ((400, {}, b"{}"), PermanentError),
        ((302, {"Location": "http://127.0.0.1:9001/"}, b""), PermanentError),
        (CUT, PartyError),
    ],
)
def test_failure_at_each_step_and_then_none(
    parties: Parties,
    path: str,
    failure: tuple[int, dict[str, str], bytes] | str,
    error: type[Exception],
) -> None:
    """Each failure has its meaning; an attempt after it does the work once. No address is told."""
    parties.failures[path] = failure
    with pytest.raises(error) as caught:
        handle(PAYLOAD, _attempt())
    assert type(caught.value) is error
    assert "customer.example" not in str(caught.value)

    parties.failures.clear()
    handle(PAYLOAD, _attempt())
    assert parties.leads[LEAD]["state"] == "enriched"
    assert len(parties.charged) == len(parties.pushed) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [(ROWS, b"{}"), (ROWS, b'[{"id": "1"}]'), (PROVIDER, b"[]"), (PROVIDER, b'{"country": 5}')],
)
def test_answer_of_another_shape_is_tried_again(parties: Parties, path: str, body: bytes) -> None:
    """Nothing of it is written."""
    parties.failures[path] = (200, {}, body)

    with pytest.raises(PartyError, match="did not answer"):
        handle(PAYLOAD, _attempt())
    assert parties.leads[LEAD]["state"] == "captured"


def _fixed(value: str) -> Secret:
    def secret(name: str, *, fresh: bool = False) -> str:
        del name, fresh  # the one value, whatever is asked for
        return value

    return secret


def test_rotated_key_heals_by_itself(parties: Parties) -> None:
    """The old key is refused for now; with the new one the next attempt goes through."""
    parties.keys.add("old")
    with pytest.raises(KeyRefusedError):
        handle(PAYLOAD, dataclasses.replace(attempt(), secret=_fixed("old")))

    handle(PAYLOAD, dataclasses.replace(attempt(), secret=_fixed("new")))
    assert parties.leads[LEAD]["state"] == "enriched"


def test_of_two_at_a_time_one_writes(parties: Parties, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that was enriched in between is not written over."""
    real = Parties.answer

    def racing(self: Parties, method: str, address: str, body: object, key: str) -> object:
        if address.startswith(PROVIDER):
            self.leads[LEAD].update(state="enriched", company="The other's")
        return real(self, method, address, body, key)

    monkeypatch.setattr(Parties, "answer", racing)
    handle(PAYLOAD, _attempt())

    assert parties.leads[LEAD]["company"] == "The other's"
    assert parties.pushed["f" * 64]["company"] == "The other's"

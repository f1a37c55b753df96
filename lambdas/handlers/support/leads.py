"""The lead as Supabase keeps it, by PostgREST, and what the enrichment provider knows of it."""

from collections.abc import Mapping

from pydantic import Field

from clarivum_jobs import PermanentError
from handlers.support.party import Answer, Party, PartyError

_COLUMNS = "id,email,state,company,role,country"
_ENRICHED = "enriched"
_RETURN = {"Prefer": "return=representation"}


class Facts(Answer):
    """What the provider knows of a person; what it does not know is missing."""

    company: str | None = Field(default=None, max_length=200)
    role: str | None = Field(default=None, max_length=200)
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")


class Lead(Facts):
    """A row of `leads`."""

    id: str
    email: str = Field(repr=False)
    state: str

    @property
    def enriched(self) -> bool:
        """Whether an earlier attempt has written its fields."""
        return self.state == _ENRICHED


class Leads:
    """The table of leads."""

    def __init__(self, supabase: Party) -> None:
        """Work through PostgREST at `/rest/v1` of a Supabase project."""
        self._supabase = supabase

    def find(self, lead_id: str) -> Lead:
        """Return a lead.

        Raises:
            PermanentError: It is gone.
            PartyError: Supabase did not answer as it should.
        """
        path = f"/rest/v1/leads?id=eq.{lead_id}&select={_COLUMNS}"
        found = self._first(self._supabase.ask("GET", path))
        if found is None:
            message = "the lead is gone"
            raise PermanentError(message, code="lead_gone")
        return found

    def enrich(self, lead_id: str, facts: Facts) -> Lead:
        """Write fields and state in one update, and return the row.

        Only a row that is not yet enriched is written: of two that come at a time, one writes, and
        what a person has changed since is kept.

        Raises:
            PermanentError: The lead is gone.
            PartyError: Supabase did not answer as it should.
        """
        path = f"/rest/v1/leads?id=eq.{lead_id}&state=neq.{_ENRICHED}&select={_COLUMNS}"
        change = {**facts.model_dump(include=set(Facts.model_fields)), "state": _ENRICHED}
        written = self._first(self._supabase.ask("PATCH", path, change, headers=_RETURN))
        return self.find(lead_id) if written is None else written

    def _first(self, rows: object) -> Lead | None:
        if not isinstance(rows, list):
            message = "supabase did not answer with a list of rows"
            raise PartyError(message)
        return Lead.of("supabase", rows[0]) if rows else None


def look_up(provider: Party, email: str, key: str) -> Facts:
    """Return what the provider knows of an address; the key lets it charge a repeat once."""
    answer = provider.ask("POST", "/v1/enrich", {"email": email}, headers=idempotent(key))
    return Facts.of(provider.name, answer)


def idempotent(key: str) -> Mapping[str, str]:
    """Return the header that tells a party by which key it can recognise a repeat."""
    return {"Idempotency-Key": key}

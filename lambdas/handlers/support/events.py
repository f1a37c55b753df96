"""The product's events, as their API hands them out: a day at a time, page by page."""

from urllib.parse import urlencode

from pydantic import JsonValue

from handlers.support.party import Answer, Party, PartyError

_PAGE_SIZE = 1000


class Page(Answer):
    """One page of a day's events.

    Attributes:
        events: The events, in the order of the API.
        next: What to ask for the page after it with; none on the last one.
    """

    events: tuple[dict[str, JsonValue], ...]
    next: str | None


def page(api: Party, day: str, cursor: str) -> Page:
    """Return the page that a cursor stands for; an empty one stands for the first.

    A day that is over does not change, so one cursor has one page, however often it is asked for.

    Raises:
        PartyError: The API did not answer as it should.
        RetryAfter: The API wants to be left alone for a while.
        PermanentError: The API refuses the question.
    """
    query = {"day": day, "limit": _PAGE_SIZE, **({"cursor": cursor} if cursor else {})}
    found = Page.of(api.name, api.ask("GET", f"/v1/events?{urlencode(query)}"))
    if found.next is not None and found.next in {"", cursor}:
        message = f"{api.name} names a page as the one after itself"
        raise PartyError(message)
    return found

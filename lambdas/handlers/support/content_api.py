"""The published pages, as the content API of the site lists them."""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import urllib3.exceptions

from clarivum_jobs import PermanentError, RetryAfter
from handlers.support import web

# Strapi gives no more at once.
_PAGE_SIZE = 100

_OK = 200
_TOO_MANY = 429
_SERVER_ERROR = 500
_BUSY = frozenset({_TOO_MANY, 503})
_WORTH_RETRYING = frozenset({408, 425, _TOO_MANY})

# What may stand in a path as it is; `%` because an address may come encoded already.
_PLAIN = "/%:@!$&'()*+,;=~-._"


class ContentApiError(Exception):
    """The content API did not answer, or not with a list of pages; later it may."""


@dataclass(frozen=True, slots=True)
class Page:
    """A published page.

    Attributes:
        path: Where it is on the site, beginning with a slash, encoded for a URL.
        updated: When it was changed last, as the content API writes it; may be empty.
    """

    path: str
    updated: str


def published_pages(site_url: str, section: str = "") -> Iterator[Page]:
    """Yield the published pages, of one section or of all, as the API hands them out.

    Args:
        site_url: Root of the site, without a slash at its end.
        section: Name of a section; empty for every page.

    Raises:
        ContentApiError: The API did not answer as it should; another attempt may help.
        RetryAfter: The API wants to be left alone for a while.
        PermanentError: The API refuses the question.
    """
    # A fixed order: without it a page may move over a boundary and be missed.
    query = {"sort": "id:asc", "pagination[pageSize]": _PAGE_SIZE}
    if section:
        query["filters[section][$eq]"] = section
    for number in itertools.count(1):
        answer = _get(f"{site_url}/api/pages?{urlencode({**query, 'pagination[page]': number})}")
        try:
            entries, last = answer["data"], answer["meta"]["pagination"]["pageCount"]
            yield from filter(None, map(_page, entries))
        except (AttributeError, KeyError, TypeError):
            message = "the content API did not answer with a list of pages"
            raise ContentApiError(message) from None
        if number >= last or not entries:
            return


def _get(url: str) -> Any:  # noqa: ANN401 - JSON of any shape, judged by the caller
    try:
        response = web.pool().request("GET", url)
    except urllib3.exceptions.HTTPError as error:
        message = f"the content API cannot be reached: {type(error).__name__}"
        raise ContentApiError(message) from None
    status = response.status
    if status != _OK:
        message = f"the content API answered {status}"
        wait = web.retry_after(response.headers)
        if status in _BUSY and wait is not None:
            raise RetryAfter(wait, message, code="content_api_busy")
        if status in _WORTH_RETRYING or status >= _SERVER_ERROR:
            raise ContentApiError(message)
        raise PermanentError(message, code=f"content_api_{status}")
    try:
        return json.loads(response.data)
    except ValueError:
        message = "the content API did not answer with JSON"
        raise ContentApiError(message) from None


def _page(entry: Mapping[str, Any]) -> Page | None:
    """Read an entry; None for one that has no address."""
    # Strapi 4 keeps the fields one level deeper than Strapi 5.
    fields = entry.get("attributes") or entry
    path = fields.get("path") or fields.get("slug")
    if not isinstance(path, str):
        return None
    # Half a surrogate pair has no bytes; one such address must not stop all others.
    address = quote("/" + path.lstrip("/"), safe=_PLAIN, errors="replace")
    return Page(address, str(fields.get("updatedAt") or ""))

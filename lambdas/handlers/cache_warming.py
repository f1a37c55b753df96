"""Handler of cache-warming: requests pages, so that the caches in front of them are hot.

A page that answers 4xx is counted and no more: asking again would not bring it back. A host that
cannot be reached or answers 5xx fails the attempt, after every other page was requested.
"""

import itertools
from collections import Counter
from urllib.parse import urlsplit

from clarivum_jobs import JobContext, PermanentError
from clarivum_jobs.settings import variable
from generated.payloads.cache_warming import CacheWarming
from handlers.support.content_api import published_pages
from handlers.support.warming import Warmed, warm

# As many as a minute is enough for.
_MOST_PAGES = 500

# Seconds that one request may take at worst.
_SLOWEST_REQUEST = 15

_FAILURES = (Warmed.UNREACHABLE, Warmed.BROKEN, Warmed.LEFT_OUT)


class PagesFailedError(Exception):
    """Some pages did not answer; another attempt may find them well."""


def handle(payload: CacheWarming, context: JobContext) -> None:
    """Request the given pages, or else the published ones of a section.

    Raises:
        PagesFailedError: Hosts could not be reached or answered 5xx, or time ran out.
        PermanentError: An address is not of the web, or the content API refuses the question.
        ContentApiError: The content API did not answer as it should.
        RetryAfter: The content API wants to be left alone for a while.
    """
    urls = list(dict.fromkeys(payload.urls or _pages(payload.section)))
    strange = {urlsplit(url).scheme.lower() for url in urls} - {"http", "https"}
    if strange:
        message = f"only http and https can be warmed, not {', '.join(sorted(strange))}"
        raise PermanentError(message, code="unsupported_url")
    counts = warm(urls, lambda: context.remaining_time() > _SLOWEST_REQUEST)
    if any(counts[failure] for failure in _FAILURES):
        raise PagesFailedError(_words(counts, len(urls)))
    context.logger.info(
        "pages warmed", extra={"pages": counts[Warmed.HOT], "missing": counts[Warmed.MISSING]}
    )


def _pages(section: str) -> list[str]:
    site = variable("SITE_URL").rstrip("/")
    pages = published_pages(site, "" if section == "all" else section)
    return [f"{site}{page.path}" for page in itertools.islice(pages, _MOST_PAGES)]


def _words(counts: Counter[Warmed], total: int) -> str:
    parts = [f"{counts[failure]} {failure.value}" for failure in _FAILURES if counts[failure]]
    return f"of {total} pages {', '.join(parts)}"

"""Handler of cache-warming: requests pages, so that the caches in front of them are hot.

Which pages there are is what the site's sitemap says.

A page that answers 4xx is counted and no more: asking again would not bring it back. A site that
cannot be reached or answers 5xx fails the attempt, after every other page was requested; one that
asks to be left alone is left alone.
"""

import itertools
import os
from collections import Counter
from urllib.parse import urlsplit

from clarivum_jobs import JobContext, RetryAfter
from clarivum_jobs.core.settings import variable
from generated.payloads.cache_warming import CacheWarming
from handlers.support import counts
from handlers.support.origin import Origin
from handlers.support.sitemap_reader import listed
from handlers.support.warming import Warmed, warm

# As many as a minute is enough for.
_MOST_PAGES = 500

# Sections with a directory of their own.
_SECTIONS = frozenset({"products", "blog"})

# Seconds that one request may take at worst.
_SLOWEST_REQUEST = 15

_FAILURES = (Warmed.UNREACHABLE, Warmed.BROKEN, Warmed.LEFT_OUT)


class PagesFailedError(Exception):
    """Some pages did not answer; another attempt may find them well."""


def handle(payload: CacheWarming, context: JobContext) -> None:
    """Request the given pages, or else those of a section that the sitemap lists.

    Raises:
        PagesFailedError: The site could not be reached or answered 5xx, or time ran out.
        SitemapError: The site has no sitemap that can be read.
        UnresolvedError: The site's name has no address just now.
        PermanentError: An address is not of the site, or the site is not in the public network.
        RetryAfter: The site wants to be left alone for a while.
    """
    site = variable("SITE_URL").rstrip("/")
    origin = Origin.of(site, loopback=os.environ.get("SITE_ON_LOOPBACK") == "true")
    urls = list(dict.fromkeys(payload.urls or _pages(origin, site, payload.section)))
    found = warm(origin, urls, lambda: context.remaining_time() > _SLOWEST_REQUEST)
    hot = found.pages[Warmed.HOT]
    counts.publish(
        context.job,
        {
            "warm_hits_total": found.hits,
            "warm_misses_total": max(hot - found.hits, 0),
            "warm_slow_pages_total": found.slow,
        },
    )
    if found.wait is not None:
        reason = "the site asks to be left alone"
        raise RetryAfter(found.wait, reason, code="site_busy")
    if any(found.pages[failure] for failure in _FAILURES):
        raise PagesFailedError(_words(found.pages, len(urls)))
    unsound = found.pages[Warmed.MISSING] + found.pages[Warmed.ELSEWHERE]
    context.logger.info("pages warmed", extra={"pages": hot, "missing": unsound})


def _pages(origin: Origin, site: str, section: str) -> list[str]:
    """Return the first pages of a section, or of the site, in the order of the sitemap."""
    found = (
        url
        for url in listed(origin, f"{site}/sitemap.xml")
        if section in ("all", _section(url.removeprefix(site)))
    )
    return list(itertools.islice(found, _MOST_PAGES))


def _section(path: str) -> str:
    """Return the section that a path lies in; what lies in none of the others is home."""
    first = urlsplit(path).path.strip("/").partition("/")[0]
    return first if first in _SECTIONS else "home"


def _words(pages: Counter[Warmed], total: int) -> str:
    parts = [f"{pages[failure]} {failure.value}" for failure in _FAILURES if pages[failure]]
    return f"of {total} pages {', '.join(parts)}"

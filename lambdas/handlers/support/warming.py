"""Requesting many pages of the site, a few at a time and not too many a second."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum

import urllib3.exceptions
from urllib3.util import Url

from handlers.support import web
from handlers.support.origin import Origin, UnresolvedError
from handlers.support.visits import drain, visit

RATE = 25
"""Requests a second, at most: all go to one host."""

SLOW = 2.0
"""Seconds from which on a page counts as slow."""

_CLIENT_ERROR = 400
_TOO_MANY = 429
_SERVER_ERROR = 500
_UNAVAILABLE = 503

# How caches in front of a site say that they had a page: Vercel, CloudFront, Cloudflare.
_CACHE_HEADERS = ("x-vercel-cache", "x-cache", "cf-cache-status")


class Warmed(Enum):
    """How one page ended."""

    HOT = "answered"
    MISSING = "answered with 4xx"
    ELSEWHERE = "led away from the site"
    BROKEN = "answered with 5xx"
    UNREACHABLE = "could not be reached"
    LEFT_OUT = "were left out for lack of time"


@dataclass(slots=True)
class Count:
    """What became of all pages.

    Attributes:
        pages: How many ended how.
        hits: Pages that a cache had already.
        slow: Pages that took long.
        wait: Seconds that the site wants to be left alone for, if it said so.
    """

    pages: Counter[Warmed]
    hits: int = 0
    slow: int = 0
    wait: float | None = None


def warm(origin: Origin, urls: Iterable[str], in_time: Callable[[], bool]) -> Count:
    """Request every page once and count how that ended.

    Args:
        origin: The site.
        urls: Addresses of its pages.
        in_time: Asked before each request whether there is time for one.

    Raises:
        PermanentError: An address is not of the site, or the site is not in the public network.
    """
    parsed = [origin.parse(url) for url in urls]  # all of them, before the first request
    rounds = _Round(origin, in_time)
    with ThreadPoolExecutor(web.PARALLEL) as threads:
        rounds.count.pages.update(threads.map(rounds.one, parsed))
    return rounds.count


class _Round:
    """One round over the pages."""

    def __init__(self, origin: Origin, in_time: Callable[[], bool]) -> None:
        self.count = Count(Counter())
        self._origin, self._in_time = origin, in_time
        self._lock, self._next = threading.Lock(), 0.0

    def one(self, url: Url) -> Warmed:
        self._take_turn()
        # A site that asks to be left alone is, from then on.
        if self.count.wait is not None or not self._in_time():
            return Warmed.LEFT_OUT
        began = time.monotonic()
        try:
            outcome = self._request(url)
        except (urllib3.exceptions.HTTPError, UnresolvedError):
            outcome = Warmed.UNREACHABLE
        if time.monotonic() - began >= SLOW:
            with self._lock:
                self.count.slow += 1
        return outcome

    def _take_turn(self) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + 1 / RATE
        if turn > now:
            time.sleep(turn - now)

    def _request(self, url: Url) -> Warmed:
        response = visit(self._origin, url)
        if response is None:
            return Warmed.ELSEWHERE
        drain(response)
        return self._judged(response)

    def _judged(self, response: urllib3.BaseHTTPResponse) -> Warmed:
        wait = web.retry_after(response.headers)
        with self._lock:
            if response.status in {_TOO_MANY, _UNAVAILABLE} and wait is not None:
                self.count.wait = max(wait, self.count.wait or 0)
            said = " ".join(response.headers.get(name, "") for name in _CACHE_HEADERS)
            self.count.hits += "hit" in said.lower()
        if response.status == _TOO_MANY or response.status >= _SERVER_ERROR:
            return Warmed.BROKEN
        return Warmed.MISSING if response.status >= _CLIENT_ERROR else Warmed.HOT

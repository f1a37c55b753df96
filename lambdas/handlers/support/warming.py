"""Requesting many addresses, a few at a time."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum

import urllib3.exceptions

from handlers.support import web

_CHUNK = 64 * 1024
_CLIENT_ERROR = 400
_SERVER_ERROR = 500


class Warmed(Enum):
    """How one request ended."""

    HOT = "answered"
    MISSING = "answered with 4xx"
    BROKEN = "answered with 5xx"
    UNREACHABLE = "could not be reached"
    LEFT_OUT = "were left out for lack of time"


def warm(urls: Iterable[str], in_time: Callable[[], bool]) -> Counter[Warmed]:
    """Request every address once and count how that ended.

    Args:
        urls: What to request.
        in_time: Asked before each request whether there is time for one.
    """

    def one(url: str) -> Warmed:
        return _request(url) if in_time() else Warmed.LEFT_OUT

    with ThreadPoolExecutor(web.PARALLEL) as threads:
        return Counter(threads.map(one, urls))


def _request(url: str) -> Warmed:
    try:
        response = web.pool().request("GET", url, preload_content=False)
        try:
            # To the end: a cache keeps only what was delivered in full.
            for _ in response.stream(_CHUNK):
                pass
        finally:
            response.release_conn()
    except urllib3.exceptions.HTTPError:
        return Warmed.UNREACHABLE
    if response.status >= _SERVER_ERROR:
        return Warmed.BROKEN
    return Warmed.MISSING if response.status >= _CLIENT_ERROR else Warmed.HOT

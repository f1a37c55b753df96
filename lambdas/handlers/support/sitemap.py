"""Sitemap files by the protocol of sitemaps.org, compressed as they grow, and their index."""

import datetime as dt
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024
"""Of a file before it is compressed: https://www.sitemaps.org/protocol.html#index."""

MAX_LOCATION = 2047
"""Characters of an address: the protocol asks for less than 2,048."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD = f'{_DECLARATION}<urlset xmlns="{NAMESPACE}">\n'.encode()
_TAIL = b"</urlset>\n"
_DATE_ALONE = len("2026-01-31")


@dataclass(frozen=True, slots=True)
class File:
    """A complete sitemap file.

    Attributes:
        document: Its bytes, as gzip.
        urls: How many addresses it lists.
        changed: Time of the last change of any of its pages; empty if none is known.
    """

    document: bytes
    urls: int
    changed: str


def files(pages: Iterable[tuple[str, str]]) -> Iterator[File]:
    """Yield complete sitemap files, each within the protocol's limits.

    No more is held in memory than the compressed bytes of one file.

    Args:
        pages: Address, and time of the last change, which is left out if it is none.
    """
    growing = _Growing()
    for location, updated in pages:
        changed = last_change(updated)
        entry = _entry("url", location, changed)
        if not growing.takes(entry):
            yield growing.finish()
            growing = _Growing()
        growing.add(entry, changed)
    if growing.urls:
        yield growing.finish()


def index(entries: Iterable[tuple[str, str]]) -> bytes:
    """Return the index of files, each given by its address and the time of its last change."""
    inside = b"".join(_entry("sitemap", location, changed) for location, changed in entries)
    head = f'{_DECLARATION}<sitemapindex xmlns="{NAMESPACE}">\n'.encode()
    return head + inside + b"</sitemapindex>\n"


def last_change(text: str) -> str:
    """Return a time as the protocol and its schema both take it; empty if it is none.

    A day stays a day. A moment is written in UTC to the second; without its offset it is none.
    """
    try:
        if len(text) == _DATE_ALONE:
            return dt.date.fromisoformat(text).isoformat()
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return ""
        return f"{moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    except (ValueError, OverflowError):
        return ""


class _Growing:
    """A file that is being written."""

    def __init__(self) -> None:
        self.urls = 0
        self._changed = ""
        self._size = len(_HEAD) + len(_TAIL)
        self._bytes = io.BytesIO()
        # No name and no time: equal pages make equal bytes.
        self._gzip = gzip.GzipFile(filename="", fileobj=self._bytes, mode="wb", mtime=0)
        self._gzip.write(_HEAD)

    def takes(self, entry: bytes) -> bool:
        """Whether one more entry is within the limits; an empty file takes any."""
        return not self.urls or (self.urls < MAX_URLS and self._size + len(entry) <= MAX_BYTES)

    def add(self, entry: bytes, changed: str) -> None:
        self._gzip.write(entry)
        self._size += len(entry)
        self.urls += 1
        self._changed = max(self._changed, changed)

    def finish(self) -> File:
        self._gzip.write(_TAIL)
        self._gzip.close()
        return File(self._bytes.getvalue(), self.urls, self._changed)


def _entry(name: str, location: str, changed: str) -> bytes:
    when = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<{name}><loc>{escape(location)}</loc>{when}</{name}>\n".encode()

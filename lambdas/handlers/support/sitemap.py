"""Sitemap files by the protocol of sitemaps.org, and their index."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

MAX_URLS = 50_000
MAX_BYTES = 50 * 1024 * 1024

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD = f'{_DECLARATION}<urlset xmlns="{_NAMESPACE}">\n'.encode()
_TAIL = b"</urlset>\n"

_W3C_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")


def files(pages: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield complete sitemap files, each within the protocol's limits.

    Args:
        pages: Address and time of the last change, which is left out if it is not a W3C time.
    """
    lines: list[bytes] = []
    size = len(_HEAD) + len(_TAIL)
    for location, updated in pages:
        line = _entry(location, updated)
        if lines and (len(lines) == MAX_URLS or size + len(line) > MAX_BYTES):
            yield _HEAD + b"".join(lines) + _TAIL
            lines, size = [], len(_HEAD) + len(_TAIL)
        lines.append(line)
        size += len(line)
    if lines:
        yield _HEAD + b"".join(lines) + _TAIL


def index(locations: Iterable[str]) -> bytes:
    """Return the index that names the files at `locations`."""
    entries = "".join(
        f"<sitemap><loc>{escape(location)}</loc></sitemap>\n" for location in locations
    )
    document = f'{_DECLARATION}<sitemapindex xmlns="{_NAMESPACE}">\n{entries}</sitemapindex>\n'
    return document.encode()


def _entry(location: str, updated: str) -> bytes:
    changed = f"<lastmod>{updated}</lastmod>" if _W3C_TIME.fullmatch(updated) else ""
    return f"<url><loc>{escape(location)}</loc>{changed}</url>\n".encode()

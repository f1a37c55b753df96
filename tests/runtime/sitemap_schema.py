"""What sitemaps.org's schemas demand of a sitemap file and of an index, read strictly.

Elements, their order and number, their namespace, and the form of every value are held to the
schema; anything that it does not name is refused. Extensions are allowed there and not used here.
"""

import gzip
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_MOST_ENTRIES = 50_000
_MOST_BYTES = 50 * 1024 * 1024
_DAY = r"(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
# `xsd:date` or `xsd:dateTime` of which the protocol takes those with an offset.
_CHANGED = re.compile(rf"{_DAY}(T{_CLOCK}(Z|[+-](0\d|1[0-4]):[0-5]\d))?")
_LOCATION = re.compile(r"[!-~]{12,2047}")


class InvalidSitemapError(AssertionError):
    """A document is not as the schema demands."""


def urls(document: bytes) -> list[str]:
    """Return the addresses of a valid sitemap file."""
    return _valid(document, "urlset", "url")


def indexed(document: bytes) -> list[str]:
    """Return the addresses of the files of a valid index."""
    return _valid(document, "sitemapindex", "sitemap")


def _valid(document: bytes, root: str, child: str) -> list[str]:
    if document[:2] == b"\x1f\x8b":
        document = gzip.decompress(document)
    _demand(len(document) <= _MOST_BYTES, "50 MB at most")
    _demand(document.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n'), "UTF-8, declared")
    tree = ET.fromstring(document)  # noqa: S314 - written by the code under test
    _demand(tree.tag == f"{NAMESPACE}{root}", f"the root is {root}")
    _plain(tree)
    _demand(1 <= len(tree) <= _MOST_ENTRIES, "1 to 50,000 entries")
    return [_entry(entry, child) for entry in tree]


def _entry(entry: ET.Element, child: str) -> str:
    _demand(entry.tag == f"{NAMESPACE}{child}", f"each entry is a {child}")
    _plain(entry)
    names = [part.tag.removeprefix(NAMESPACE) for part in entry]
    _demand(names in (["loc"], ["loc", "lastmod"]), f"loc, then lastmod: {names}")
    values = [part.text or "" for part in entry]
    for part in entry:
        _demand(not part.attrib and not len(part), "values are text")
    location = values[0]
    _demand(bool(_LOCATION.fullmatch(location)), f"an encoded address: {location!r}")
    parts = urlsplit(location)
    _demand(parts.scheme in {"http", "https"} and bool(parts.netloc), "an address of the web")
    _demand(all(map(_CHANGED.fullmatch, values[1:])), f"a time: {values[1:]}")
    return location


def _plain(element: ET.Element) -> None:
    """Demand that an element has neither attributes nor text of its own."""
    _demand(not element.attrib, "no attributes")
    texts = [element.text, *(part.tail for part in element)]
    _demand(not "".join(text or "" for text in texts).strip(), "no text between elements")


def _demand(holds: bool, what: str) -> None:  # noqa: FBT001 - a condition and its name
    if not holds:
        raise InvalidSitemapError(what)

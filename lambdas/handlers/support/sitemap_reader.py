"""The addresses that the site's own sitemap lists, read piece by piece, as gzip or as it is."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as ET

import urllib3.exceptions
from urllib3.util import Url

from clarivum_jobs import RetryAfter
from handlers.support import web
from handlers.support.origin import Origin
from handlers.support.sitemap import MAX_BYTES, NAMESPACE
from handlers.support.visits import visit

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"
_OK = 200
_BUSY = frozenset({429, 503})
_LOCATION = f"{{{NAMESPACE}}}loc"
_FILE, _INDEX = f"{{{NAMESPACE}}}urlset", f"{{{NAMESPACE}}}sitemapindex"
_BROKEN = (
    urllib3.exceptions.HTTPError,
    ET.ParseError,
    EOFError,
    OSError,
    zlib.error,
)


class SitemapError(Exception):
    """The sitemap cannot be read; another attempt may find it well."""


def listed(origin: Origin, address: str) -> Iterator[str]:
    """Yield the addresses in a sitemap file, or in the files of an index, as they are read.

    Raises:
        SitemapError: A file did not come, is not a sitemap, or is larger than the protocol allows.
        RetryAfter: The site wants to be left alone for a while.
        UnresolvedError: The site's name has no address just now.
        PermanentError: A file is not of the site, or the site is not in the public network.
    """
    files = []
    for root, location in _locations(origin, origin.parse(address)):
        if root == _FILE:
            yield location
        else:
            files.append(origin.parse(location))
    for file in files:
        for root, location in _locations(origin, file):
            if root == _INDEX:
                message = "an index of the sitemap names another index"
                raise SitemapError(message)
            yield location


def _locations(origin: Origin, url: Url) -> Iterator[tuple[str, str]]:
    """Yield the name of a document's root with each location in it."""
    try:
        response = visit(origin, url)
        if response is None:
            message = "the sitemap leads away from the site"
            raise SitemapError(message)
        try:
            _judge(response)
            yield from _parsed(_plain(response))
        finally:
            response.close()
    except _BROKEN as error:
        message = f"the sitemap cannot be read: {type(error).__name__}"
        raise SitemapError(message) from None


def _judge(response: urllib3.BaseHTTPResponse) -> None:
    if response.status == _OK:
        return
    message = f"the sitemap answered {response.status}"
    wait = web.retry_after(response.headers)
    if response.status in _BUSY and wait is not None:
        raise RetryAfter(wait, message, code="site_busy")
    raise SitemapError(message)


def _plain(response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """Yield a document's bytes, decompressed if need be, no more than a sitemap may have."""
    arriving = io.BufferedReader(_Body(response), _CHUNK)
    packed = arriving.peek(len(_GZIP)).startswith(_GZIP)
    source = gzip.GzipFile(fileobj=arriving) if packed else arriving
    size = 0
    while piece := source.read(_CHUNK):
        size += len(piece)
        if size > MAX_BYTES:
            message = "the sitemap is larger than its protocol allows"
            raise SitemapError(message)
        yield piece


class _Body(io.RawIOBase):
    """The body of an answer as a file: urllib3's is closed at its end, where gzip looks again."""

    def __init__(self, response: urllib3.BaseHTTPResponse) -> None:
        self._response = response

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        piece = self._response.read(len(view))
        view[: len(piece)] = piece
        return len(piece)


def _parsed(pieces: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    root: ET.Element | None = None
    for piece in pieces:
        parser.feed(piece)
        for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
            if root is None:
                root = _root(element)
            elif event == "end" and element.tag == _LOCATION:
                yield root.tag, (element.text or "").strip()
            elif event == "end" and element in root:
                root.remove(element)  # what was read is not kept
    parser.close()


def _root(element: ET.Element) -> ET.Element:
    if element.tag not in {_FILE, _INDEX}:
        message = "the sitemap is none"
        raise SitemapError(message)
    return element

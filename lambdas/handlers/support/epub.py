"""A document as EPUB 3: https://www.w3.org/TR/epub-33/. Equal documents make equal bytes."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from html import escape

from handlers.support.documents import Document, Section

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTAINER = f"""{_DECLARATION}\
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""


def render(document: Document, identifier: str) -> bytes:
    """Return a document as EPUB.

    Args:
        document: What to make of it.
        identifier: A URN that no other document has.
    """
    files = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(document, identifier),
        "EPUB/nav.xhtml": _navigation(document),
        **{f"EPUB/{name}": _page(document, section) for name, section in _pages(document)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        # The first file, and as it is: readers tell the kind of the book by these bytes.
        book.writestr(_entry("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in files.items():
            book.writestr(_entry(name), content.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _pages(document: Document) -> Iterator[tuple[str, Section]]:
    for number, section in enumerate(document.sections, start=1):
        yield f"section-{number}.xhtml", section


def _package(document: Document, identifier: str) -> str:
    names = [name for name, _ in _pages(document)]
    items = "".join(
        f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>\n'
        for name in names
    )
    spine = "".join(f'<itemref idref="{name[:-6]}"/>\n' for name in names)
    changed = document.updated.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"""{_DECLARATION}\
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{escape(identifier)}</dc:identifier>
<dc:title>{escape(document.name)}</dc:title>
<dc:language>{escape(document.language)}</dc:language>
<dc:creator>{escape(document.writer)}</dc:creator>
<meta property="dcterms:modified">{changed}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}</manifest>
<spine>
{spine}</spine>
</package>
"""


def _navigation(document: Document) -> str:
    entries = "".join(
        f'<li><a href="{name}">{escape(section.title or document.name)}</a></li>\n'
        for name, section in _pages(document)
    )
    body = f'<nav epub:type="toc"><h1>{escape(document.name)}</h1>\n<ol>\n{entries}</ol></nav>'
    return _xhtml(document, document.name, body)


def _page(document: Document, section: Section) -> str:
    heading = f"<h1>{escape(section.title)}</h1>\n" if section.title else ""
    paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in section.paragraphs())
    return _xhtml(
        document, section.title or document.name, f"<section>{heading}{paragraphs}</section>"
    )


def _xhtml(document: Document, title: str, body: str) -> str:
    language = escape(document.language)
    return f"""{_DECLARATION}\
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
xml:lang="{language}" lang="{language}">
<head><title>{escape(title)}</title></head>
<body>
{body}
</body>
</html>
"""


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry that says nothing of when or where it was made."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))

"""A document's every word is in its PDF and in its EPUB, and both are whole by their formats."""

import io
import uuid
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from handlers.support import epub, pdf
from handlers.support.documents import Document

URN = f"urn:uuid:{uuid.UUID(int=7)}"
BOOK = {
    "title": "Über <Maße> & Größen",
    "language": "de",
    "updatedAt": "2026-01-05T08:00:00Z",
    "sections": [
        {"heading": "Erstes", "text": "Ein Absatz\nüber zwei Zeilen.\n\n \nNoch „einer“ → Ende."},
        {"text": "Ohne Überschrift: ἀρχή, начало, łódź, 10 €."},
    ],
}
_XHTML = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def document(**changes: Any) -> Document:  # noqa: ANN401 - whatever fields a document has
    """Return the book, changed."""
    return Document.model_validate({**BOOK, **changes})


def test_pdf_has_every_word_an_outline_and_its_particulars() -> None:
    """Letters of several scripts are there as text, not only as pictures."""
    made, missing = pdf.render(document())
    reader = PdfReader(io.BytesIO(made))

    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Über <Maße> & Größen", "Ein Absatz über zwei Zeilen.", "Noch „einer“ → Ende."):
        assert words in text
    assert "начало, łódź, 10 €." in text
    assert missing == 1  # the alpha with its breathing
    outline: Any = reader.outline
    assert [entry.title for entry in outline] == ["Erstes"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (BOOK["title"], "Clarivum")
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "de"


def test_long_document_has_pages_with_their_numbers() -> None:
    """Nothing is cut at the end of a page."""
    text = "\n\n".join(f"Paragraph number {number}." for number in range(300))
    made, _ = pdf.render(document(sections=[{"heading": "Long", "text": text}]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]

    assert len(pages) > 3
    assert [page.split()[-1] for page in pages] == [str(n + 1) for n in range(len(pages))]
    whole = " ".join(" ".join(pages).split())
    assert all(f"number {number}." in whole for number in range(300))


def test_epub_is_as_its_specification_has_it() -> None:
    """Its kind first and as it is; package, navigation and sections name each other completely."""
    made = epub.render(document(), URN)

    assert made[30:58] == b"mimetypeapplication/epub+zip"
    book = zipfile.ZipFile(io.BytesIO(made))
    assert book.testzip() is None
    assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
    container = ET.fromstring(book.read("META-INF/container.xml"))  # noqa: S314 - our own
    (root,) = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    package = ET.fromstring(book.read(root.attrib["full-path"]))  # noqa: S314 - our own
    assert package.find(f".//{_DC}identifier").text == URN  # type: ignore[union-attr]
    assert package.find(f".//{_DC}title").text == BOOK["title"]  # type: ignore[union-attr]
    items = {item.attrib["id"]: item.attrib["href"] for item in package.iter(f"{_OPF}item")}
    spine = [items[entry.attrib["idref"]] for entry in package.iter(f"{_OPF}itemref")]
    nav = ET.fromstring(book.read("EPUB/nav.xhtml"))  # noqa: S314 - our own
    assert [link.attrib["href"] for link in nav.iter(f"{_XHTML}a")] == spine
    assert {f"EPUB/{href}" for href in items.values()} == {
        name for name in book.namelist() if name.endswith(".xhtml")
    }
    page = ET.fromstring(book.read(f"EPUB/{spine[0]}"))  # noqa: S314 - our own
    assert [text.text for text in page.iter(f"{_XHTML}p")] == [
        "Ein Absatz über zwei Zeilen.",
        "Noch „einer“ → Ende.",
    ]


_SIGNS = st.text(
    st.characters() | st.sampled_from("<>&\"'\x00\x0b\ud800\uffff\u2028\n漢😀"), max_size=60
)


@given(_SIGNS.filter(bool), _SIGNS, st.lists(st.tuples(_SIGNS, _SIGNS), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_two_whole_books(
    title: str, author: str, sections: list[tuple[str, str]]
) -> None:
    """Whatever signs a document holds, both formats stay what they are."""
    parts = [{"heading": heading, "text": text} for heading, text in sections]
    book = document(title=title, author=author, sections=parts)

    made, _ = pdf.render(book)
    assert len(PdfReader(io.BytesIO(made)).pages) >= 1
    packed = zipfile.ZipFile(io.BytesIO(epub.render(book, URN)))
    for name in packed.namelist()[1:]:
        ET.fromstring(packed.read(name))  # noqa: S314 - our own


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_equal_documents_make_equal_bytes(form: str) -> None:
    """So that storing one again changes nothing."""
    made = [
        pdf.render(document())[0] if form == "pdf" else epub.render(document(), URN) for _ in "ab"
    ]

    assert made[0] == made[1]

"""A document as PDF, by fpdf2: A4, with an outline, page numbers and its own letters.

Equal documents make equal bytes: the times in the file are the document's.
"""

from dataclasses import dataclass

from font_source_serif_pro import font_files_ttf  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.fonts import TTFFont

from handlers.support.documents import Document

_LETTERS = "source-serif"
_FORMS = {"": "SourceSerifPro", "B": "SourceSerifProBold"}
_MARGIN = 25  # millimetres
_LINE = 1.4  # of the size of the letters
_MILLIMETRES = 25.4 / 72  # in a point


class _Paper(FPDF):
    """Pages with their numbers at the foot."""

    def footer(self) -> None:
        """Write the number of a page; fpdf2 calls it at the end of each."""
        self.set_y(-15)
        self.set_font(_LETTERS, "", 9)
        self.cell(0, 10, f"{self.page_no()}", align="C")


def render(document: Document) -> tuple[bytes, int]:
    """Return a document as PDF, and how many of its characters the letters do not have."""
    paper = _Paper(format="A4")
    paper.set_margin(_MARGIN)
    paper.set_auto_page_break(auto=True, margin=_MARGIN)
    paper.set_title(document.name)
    paper.set_author(document.writer)
    paper.set_lang(document.language)
    paper.set_creator("Clarivum")
    paper.set_producer("fpdf2")
    paper.set_creation_date(document.updated)
    for style, name in _FORMS.items():
        paper.add_font(_LETTERS, style, font_files_ttf[name])
    paper.add_page()
    _TITLE.write(paper, document.name)
    for section in document.sections:
        if section.title:
            paper.start_section(section.title)
            _HEADING.write(paper, section.title)
        for paragraph in section.paragraphs():
            _TEXT.write(paper, paragraph)
    return bytes(paper.output()), _missing(paper, document)


@dataclass(frozen=True, slots=True)
class _Block:
    """How a block of text is set: letters in points, spaces around it in millimetres."""

    size: int
    style: str = ""
    before: float = 0
    after: float = 0

    def write(self, paper: FPDF, text: str) -> None:
        """Write a block over the width of the page."""
        paper.ln(self.before)
        paper.set_font(_LETTERS, self.style, self.size)
        height = self.size * _LINE * _MILLIMETRES
        paper.multi_cell(0, height, text, align="L", new_x="LMARGIN", new_y="NEXT")
        paper.ln(self.after)


_TITLE = _Block(24, "B", after=8)
_HEADING = _Block(15, "B", before=4, after=2)
_TEXT = _Block(11, after=3)


def _missing(paper: FPDF, document: Document) -> int:
    """Return how many characters of a document the letters do not have."""
    letters = paper.fonts[_LETTERS]
    known = letters.cmap if isinstance(letters, TTFFont) else {}
    texts = [document.name]
    for section in document.sections:
        texts += section.title, *section.paragraphs()
    return sum(ord(sign) not in known for sign in "".join(texts) if not sign.isspace())

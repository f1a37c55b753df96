"""Documents as the content API hands them out: a title, and sections of paragraphs."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pydantic import AwareDatetime, Field

from clarivum_jobs import PermanentError
from handlers.support.party import Answer, Party

# What neither XML nor a PDF's text has a place for.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_BLANK_LINES = re.compile(r"\n\s*\n")


class Section(Answer):
    """A section: its heading, which may be empty, and its text."""

    heading: str = ""
    text: str

    @property
    def title(self) -> str:
        """The heading, on one line."""
        return one_line(self.heading)

    def paragraphs(self) -> Iterator[str]:
        """Yield the paragraphs, which blank lines part, each on one line."""
        yield from filter(None, map(one_line, _BLANK_LINES.split(self.text)))


class Document(Answer):
    """A document.

    Attributes:
        title: Its title.
        language: Its language, by BCP 47.
        author: Who wrote it.
        updated: When it was changed last.
    """

    title: str = Field(min_length=1)
    language: str = Field(default="en", pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    author: str = "Clarivum"
    updated: AwareDatetime = Field(
        alias="updatedAt", default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    )
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        """The title, on one line."""
        return one_line(self.title) or "Untitled"

    @property
    def writer(self) -> str:
        """Who wrote it, on one line."""
        return one_line(self.author)


def fetch(content: Party, document_id: str) -> Document:
    """Return a published document.

    Raises:
        PermanentError: There is none, or the content API refuses the question.
        PartyError: The content API did not answer as it should.
        RetryAfter: It wants to be left alone for a while.
    """
    answer = _data(content.ask("GET", f"/api/documents/{document_id}?populate=sections"))
    if answer is None:
        message = "the document is gone"
        raise PermanentError(message, code="document_gone")
    return Document.of(content.name, answer)


def one_line(text: str) -> str:
    """Return text without control characters and line breaks."""
    return " ".join(_CONTROL.sub("", text).split())


def _data(answer: Any) -> Any:  # noqa: ANN401 - judged by the caller
    """Return what an answer holds; Strapi 4 keeps the fields one level deeper than Strapi 5."""
    found = answer.get("data") if isinstance(answer, dict) else answer
    return found.get("attributes") or found if isinstance(found, dict) else found

"""What a reader of Markdown sees, as CommonMark and GitHub render it."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token

Flavour: TypeAlias = Literal["commonmark", "gfm"]
Block: TypeAlias = tuple[str, object]
"""Its kind, and its text, or the rows of a table."""

_PARSERS = {
    "commonmark": MarkdownIt("commonmark"),
    # Links that GitHub finds by itself show their own text; they are left to the escapes' own test.
    "gfm": MarkdownIt("gfm-like2").disable("linkify"),
}
FLAVOURS: tuple[Flavour, ...] = ("commonmark", "gfm")


def blocks(text: str, flavour: Flavour) -> list[Block]:
    """Return the blocks of a document in order, with the text that is seen in each."""
    return list(_blocks(_PARSERS[flavour].parse(text)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    rows: list[list[str]] = []
    kind = ""
    for token in tokens:
        if token.type in ("heading_open", "paragraph_open", "table_open"):
            kind, rows = token.type.removesuffix("_open"), []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and kind == "table":
            rows[-1].append(_seen(token))
        elif token.type == "inline":
            yield kind, _seen(token)
        elif token.type == "table_close":
            yield "table", rows
            kind = ""
        elif token.type == "fence":
            yield f"fence {token.info}", token.content
        elif token.type.endswith(("_open", "_close")) and token.type[:2] in (
            "th",
            "td",
            "tr",
            "tb",
        ):
            continue
        elif not token.type.endswith("_close"):
            yield token.type, token.content


def _seen(inline: Token) -> str:
    """Return the text of an inline token; line breaks are spaces, what is no text is named."""
    return "".join(map(_piece, inline.children or ()))


_OURS = ("#", "http", "rules.md", "../runbook.md#")


def _piece(token: Token) -> str:
    match token.type:
        case "text" | "text_special" | "code_inline":
            return token.content
        case "softbreak":
            return " "
        case "link_open" if str(token.attrs["href"]).startswith(_OURS):
            return ""
        case "link_close" | "strong_open" | "strong_close":
            return ""
        case _:
            return f"<{token.type}>"


def is_ours(piece: str) -> bool:
    """Say whether a text holds nothing that Markdown made of it."""
    return re.search(r"<\w+_(open|close)>|<html_inline>|<image>", piece) is None

"""Text in Markdown: what is written is what CommonMark and GitHub show, whatever the text."""

import json
import unicodedata

import pytest
from hypothesis import given, settings

from generator.render import markdown
from tests.generator.markdown_shown import FLAVOURS, blocks
from tests.generator.texts import ENEMIES, TEXT

HIDDEN = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SPACE = " \t\n\r\f\v"


def seen(text: str) -> str:
    """Return how text is shown: as it is, what cannot be seen by its code point."""
    return "".join(
        f"\\u{ord(char):04x}"
        if char in HIDDEN or unicodedata.category(char) in ("Cc", "Zl", "Zp")
        else char
        for char in text
    )


def spaced(text: str) -> str:
    """Return how prose is shown within a line: any white space of a text file is a space."""
    return seen("".join(" " if char in SPACE else char for char in text))


def prose(text: str) -> str:
    """Return how prose is shown alone: a run of spaces is one, and none is at its ends."""
    return " ".join(part for part in spaced(text).split(" ") if part).strip()


@given(TEXT)
@settings(max_examples=600, deadline=None)
def test_prose_is_shown_as_it_is_written(text: str) -> None:
    """As a paragraph and in a table, alone and with words around it."""
    shown, inside = prose(text), " ".join(part for part in spaced(text).split(" ") if part)
    for flavour in FLAVOURS:
        found = blocks(f"# A\n\n{markdown.text(text)}\n\nB\n", flavour)
        between = [("paragraph", shown)] if markdown.text(text) else []
        assert found == [("heading", "A"), *between, ("paragraph", "B")]

        (sentence,) = blocks(f"Owned by {markdown.text(text)}; version 1.\n", flavour)
        assert sentence == ("paragraph", f"Owned by {inside}; version 1.")

    rows = [("a", "b", "c"), ("x", markdown.text(text), "y"), (markdown.text(text),) * 3]
    assert blocks(markdown.table(rows[0], rows[1:]), "gfm") == [
        ("table", [["a", "b", "c"], ["x", shown, "y"], [shown] * 3])
    ]


@given(TEXT)
@settings(max_examples=600, deadline=None)
def test_code_is_shown_as_it_is_written(text: str) -> None:
    """With backticks, spaces at its ends and bars, in a sentence and in a table."""
    shown = seen(text or '""')
    span = markdown.code(text)
    for flavour in FLAVOURS:
        assert blocks(f"A {span} b.\n", flavour) == [("paragraph", f"A {shown} b.")]

    table = markdown.table(("a", "b"), [(span, f"{span}, {span}")])
    assert blocks(table, "gfm") == [("table", [["a", "b"], [shown, f"{shown}, {shown}"]])]


@pytest.mark.parametrize("text", ENEMIES)
def test_each_piece_is_shown_alone(text: str) -> None:
    """What hypothesis seldom draws alone: a line of three tildes, a number with a point."""
    test_prose_is_shown_as_it_is_written.hypothesis.inner_test(text)  # type: ignore[attr-defined]
    test_code_is_shown_as_it_is_written.hypothesis.inner_test(text)  # type: ignore[attr-defined]


def test_github_finds_no_link_in_prose() -> None:
    """Inside of one it would show the backslashes: its three beginnings are broken."""
    assert markdown.text("see https://a.example/b_c") == "see https\\://a.example/b\\_c"
    assert markdown.text("see www.a.example/b*c") == "see www\\.a.example/b\\*c"


@given(TEXT)
@settings(max_examples=200, deadline=None)
def test_json_in_a_fence_is_shown_as_it_is_written(text: str) -> None:
    """No text ends its fence, and every character of it can be seen."""
    value = {text: [text]}
    document = f"```json\n{markdown.json_text(value, indent=2)}\n```\n\nB\n"
    for flavour in FLAVOURS:
        (fence, content), last = blocks(document, flavour)
        assert (fence, last) == ("fence json", ("paragraph", "B"))
        assert isinstance(content, str)
        assert json.loads(content) == value
        assert seen(content.replace("\n", "")) == content.replace("\n", "")

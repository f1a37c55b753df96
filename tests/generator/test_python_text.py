"""Python literals and layout: what is written means what was given, at most 100 columns wide."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render import python_source as py
from generator.render.python_text import (
    WIDTH,
    broken,
    docstring,
    quoted,
    sentence,
    summarised,
)
from generator.render.widths import columns

RUFF = Path(sys.executable).with_name("ruff")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HOSTILE = st.lists(
    TEXT
    | st.sampled_from(
        ['"', '""', '"""', "\\", "\\\\", "Args:", "Returns", "日本語", "e\u0301", "."]
    ),
    max_size=12,
).map(" ".join) | st.text('"\\ a.', max_size=12)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_a_literal_means_its_text(text: str) -> None:
    """Any text survives quoting."""
    assert ast.literal_eval(quoted(text)) == text


@given(TEXT, st.integers(min_value=14, max_value=40))
@settings(max_examples=300, deadline=None)
def test_a_broken_literal_means_its_text_and_keeps_its_width(text: str, width: int) -> None:
    """Pieces of a long text are narrow, and together they are the text."""
    pieces = list(broken(text, width))

    assert all(columns(piece) <= width for piece in pieces)
    assert "".join(ast.literal_eval(piece) for piece in pieces) == text


@given(HOSTILE, st.integers(0, 30))
@settings(max_examples=500, deadline=None)
def test_a_docstring_means_its_text_and_shows_all_of_it(text: str, indent: int) -> None:
    """No description ends its docstring early, hides anything in the source, or is changed."""
    source = docstring(text, indent)
    value = ast.literal_eval(source.strip())

    assert all(line.isprintable() for line in source.splitlines())
    assert " ".join(value.split()) == sentence(text)


@given(HOSTILE)
@settings(max_examples=25, deadline=None)
def test_a_docstring_is_what_the_formatter_would_make_of_it(text: str) -> None:
    """Also with wide letters, quotes at its ends and backslashes."""
    text = f"{text} and more words until the line is full {text} {text} {text} {text}"
    for indent, found in ((4, docstring(text, 4)), (4, summarised(text, "What it is.", 4))):
        source = f"class A:\n{found}\n\n{' ' * indent}x: int\n"
        assert formatted(source) == source


def test_a_docstring_about_as_long_as_a_line_is_laid_out_as_the_formatter_does() -> None:
    """Whether or not its closing quotes fit behind it, of many words or of one."""
    texts = ["word " * 15 + "x" * more for more in range(1, 30)] + ["x" * n for n in range(80, 110)]
    classes = (
        f"class A{n}:\n{make}\n\n    x: int\n"
        for n, text in enumerate(texts)
        for make in (docstring(text, 4), summarised(text, "What it is.", 4))
    )
    source = "\n\n".join(classes)
    assert formatted(source) == source


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        ("str", py.String("x" * 120)),
        (py.subscript("Literal", *[py.String(f"value-{n}") for n in range(12)]), py.String("a")),
        (
            py.either([py.subscript("Literal", *map(py.String, "abcdefghijklmnopqrstuv")), "None"]),
            "None",
        ),
        (py.subscript("tuple", "int", "..."), py.tuple_of([str(n) for n in range(60)])),
        (py.subscript("tuple", "int", "..."), py.tuple_of(["7" * 90])),
        (
            py.subscript(
                "Annotated",
                py.either(["str", "None"]),
                py.call("Field", pattern=py.String("z" * 200)),
            ),
            py.call("Field", default="None", alias=py.String("y" * 70)),
        ),
    ],
)
def test_layout_is_narrow_and_compiles(annotation: py.Code, value: py.Code) -> None:
    """An assignment too long for a line is broken into lines that all fit."""
    source = py.assignment("name", annotation, value, 0)

    assert all(len(line) <= WIDTH for line in source.splitlines())
    compile(source, "layout", "exec")
    assert formatted(source).rstrip("\n") == source


@pytest.mark.long
def test_every_character_is_as_wide_as_the_formatter_counts(tmp_path: Path) -> None:
    """All of Unicode that is written as it is, by what the linter says about each one's line."""
    codes = (code for code in range(0xA0, 0x110000) if not 0xD800 <= code < 0xE000)
    chars = [char for char in map(chr, codes) if quoted(char) == f'"{char}"']
    source = tmp_path / "wide.py"
    source.write_text("".join(f'x = "{char * 3}"\n' for char in chars), encoding="utf-8")
    options = ("--isolated", "--select=E501", "--line-length=1", "--output-format=json")
    command = [str(RUFF), "check", *options, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    said = {
        finding["location"]["row"]: int(re.findall(r"\d+", finding["message"])[0])
        for finding in json.loads(done.stdout)
    }

    assert len(said) == len(chars) > 100_000
    assert not [c for row, c in enumerate(chars, 1) if said[row] != columns(f'x = "{c * 3}"')]


def formatted(source: str) -> str:
    """Return what the formatter makes of a module."""
    command = [str(RUFF), "format", "--isolated", "--line-length", str(WIDTH), "-"]
    done = subprocess.run(
        command, input=source, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return done.stdout

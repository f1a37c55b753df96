"""Python literals and layout: what is written means what was given, at most 100 columns wide."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render import python_source as py
from generator.render.python_text import WIDTH, broken, docstring, quoted

RUFF = Path(sys.executable).with_name("ruff")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


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

    assert all(len(piece) <= width for piece in pieces)
    assert "".join(ast.literal_eval(piece) for piece in pieces) == text


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_a_docstring_is_one_string_without_control_characters(text: str) -> None:
    """No description can end its docstring early or hide anything in it."""
    source = docstring(text, 0)
    (statement,) = ast.parse(source).body

    assert isinstance(statement, ast.Expr)
    assert all(line.isprintable() for line in ast.literal_eval(statement.value).splitlines())


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
    command = [str(RUFF), "format", "--isolated", "--line-length", str(WIDTH), "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip("\n") == source

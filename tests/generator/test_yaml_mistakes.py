"""Text that is not YAML: the line of the slip is named, wherever the parser gave up."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Finding, as_text
from generator.manifest.source import Source
from generator.pipeline import examine

GOOD = """\
version: 1
project: shop
environments: [dev, prod]
jobs:
  send-receipt:
    description: Mail a receipt.
    owner: 'shop'
    timeout: 30s
    payload:
      type: object
      required: [id]
      properties:
        id: {type: string}
        note: {type: string, maxLength: 20}
    idempotency: {key: [id]}
    schedule:
      - {name: nightly, cron: "0 4 * * ? *", timezone: UTC, payload: {id: x}}
  mail:
    description: "Mail something."
    owner: shop
    payload: {type: object, required: [id], properties: {id: {type: string}}}
    idempotency:
      key:
        - id
"""
LINES = GOOD.splitlines()
BRACES = [number for number, line in enumerate(LINES) if line.rstrip().endswith(("}", "]"))]
KEYS = [number for number, line in enumerate(LINES) if re.match(r" *[\w-]+:", line)]
QUOTES = [number for number, line in enumerate(LINES) if re.search(r"[\"']", line)]


def read(folder: Path, text: str) -> list[Finding]:
    """Return what is wrong with a text."""
    path = folder / "jobs.yaml"
    path.write_text(text, "utf-8")
    return Source(path).findings


def told(folder: Path, lines: list[str], number: int) -> bool:
    """Say whether the one finding about a text names a line: by its place or in words."""
    found = read(folder, "\n".join(lines) + "\n")
    return [f.rule for f in found] == ["yaml-syntax"] and (
        found[0].line == number + 1 or f"line {number + 1} " in found[0].message
    )


@pytest.mark.parametrize("number", BRACES)
def test_a_missing_brace_names_the_line_that_opened_it(number: int, tmp_path: Path) -> None:
    """Each closing brace or bracket at the end of a line is left out in turn."""
    lines = [*LINES[:number], LINES[number].rstrip()[:-1], *LINES[number + 1 :]]

    assert told(tmp_path, lines, number)


@pytest.mark.parametrize("number", QUOTES)
def test_a_missing_quote_names_the_line_that_opened_it(number: int, tmp_path: Path) -> None:
    """Each closing quote is left out in turn, whatever quotes follow in the file."""
    last = max(LINES[number].rfind(mark) for mark in "\"'")
    lines = [*LINES[:number], LINES[number][:last] + LINES[number][last + 1 :]]

    assert told(tmp_path, [*lines, *LINES[number + 1 :]], number)


@pytest.mark.parametrize("space", [" ", ""], ids=["no colon", "no space"])
@pytest.mark.parametrize("number", KEYS)
def test_a_missing_colon_names_its_line(number: int, space: str, tmp_path: Path) -> None:
    """Each first colon of a line is left out in turn, or the space behind it."""
    line = LINES[number]
    broken = line.replace(": ", ":" if not space else " ", 1)
    if not space and broken == line:
        return
    broken = broken if broken != line else line.replace(":", "", 1)
    found = read(tmp_path, "\n".join([*LINES[:number], broken, *LINES[number + 1 :]]) + "\n")

    if any("colon" in finding.message for finding in found):
        assert found[0].line == number + 1
    else:
        # What is left may be YAML, such as a list in a text; then the form of the key is judged.
        path = tmp_path / "jobs.yaml"
        assert any(abs(f.line - number - 1) <= 1 for f in examine(path).findings)


def test_a_key_too_long_for_yaml_is_said_to_be_so(tmp_path: Path) -> None:
    """YAML's own bound on a key is not taken for a missing colon."""
    (found,) = read(tmp_path, GOOD + "k" * 2000 + ": 1\n")

    assert found.message == "a key has at most 1,024 characters"


@pytest.mark.parametrize("indent", [1, 3, 5])
@pytest.mark.parametrize("number", KEYS[5:])
def test_an_odd_indent_is_told_at_its_line(number: int, indent: int, tmp_path: Path) -> None:
    """A line indented like none above it is named, or the next, which no longer fits to it."""
    lines = [*LINES[:number], " " * indent + LINES[number].lstrip(), *LINES[number + 1 :]]
    found = read(tmp_path, "\n".join(lines) + "\n")

    assert not found or abs(found[0].line - number - 1) <= 1


@pytest.mark.parametrize(
    ("markers", "lines"),
    [
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> other\n", "25, 27, 29"),
        ("<<<<<<< HEAD\r\na: 1\r\n=======\r\na: 2\r\n>>>>>>> other\r\n", "25, 27, 29"),
        ("<<<<<<< ours\na: 1\n||||||| base\n=======\n>>>>>>> theirs\n", "25, 27, 28, 29"),
    ],
)
def test_markers_of_a_merge_are_recognised(markers: str, lines: str, tmp_path: Path) -> None:
    """Two sides, three sides and the line ends of Windows; one finding."""
    (found,) = read(tmp_path, GOOD + markers)

    assert found.rule == "merge-conflict"
    assert found.message.endswith(f"lines {lines}")


@pytest.mark.parametrize("mark", ["=======", "<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base"])
@pytest.mark.parametrize("number", KEYS[::3])
def test_a_marker_left_alone_is_recognised(number: int, mark: str, tmp_path: Path) -> None:
    """Wherever it stands: nobody is told to make a key of it."""
    (found,) = read(tmp_path, "\n".join([*LINES[:number], mark, *LINES[number:]]) + "\n")

    assert (found.rule, found.line) == ("merge-conflict", number + 1)


@pytest.mark.parametrize(
    "value",
    [
        "{x} is done",
        "[x] is done",
        '"x" is done',
        "'x' is done",
        "*bold* text",
        "* 4 * * ? *",
        "@x y",
    ],
)
@pytest.mark.parametrize("number", [n for n in KEYS if re.fullmatch(r" *\w+: [a-z0-9]+", LINES[n])])
def test_what_a_hint_writes_is_the_text_that_was_meant(
    number: int, value: str, tmp_path: Path
) -> None:
    """Text that begins with a mark of YAML's: the hint, put into its place, holds all of it."""
    key = LINES[number].strip().partition(":")[0]
    before = LINES[number].partition(":")[0]
    (found,) = read(
        tmp_path, "\n".join([*LINES[:number], f"{before}: {value}", *LINES[number + 1 :]])
    )
    written = found.hint.partition("`")[2].rpartition("`")[0].removeprefix(f"{key}: ")

    assert found.line == number + 1
    path = tmp_path / "jobs.yaml"
    path.write_text(
        "\n".join([*LINES[:number], f"{before}: {written}", *LINES[number + 1 :]]), "utf-8"
    )
    source = Source(path)
    assert source.findings == []
    assert value in str(source.value).replace("\\", "")


@pytest.mark.parametrize(
    "number", [n for n, line in enumerate(LINES) if line.lstrip().startswith("- ")]
)
def test_a_dash_without_its_space_is_told(number: int, tmp_path: Path) -> None:
    """At its line, with the item as it is written."""
    lines = [*LINES[:number], LINES[number].replace("- ", "-", 1), *LINES[number + 1 :]]
    found = read(tmp_path, "\n".join(lines) + "\n")

    # A word behind the dash is text to YAML, and the form of its key is judged later.
    assert all((f.line, "space is missing" in f.message) == (number + 1, True) for f in found)
    assert found or LINES[number].strip() == "- id"


@pytest.mark.parametrize("unseen", "\ufeff\u200b\u200e\u2060")
@pytest.mark.parametrize("number", KEYS[3:])
def test_what_nobody_sees_is_named(number: int, unseen: str, tmp_path: Path) -> None:
    """A byte order mark or a space without width before a key, as pasting brings it."""
    path = tmp_path / "jobs.yaml"
    path.write_text(
        "\n".join([*LINES[:number], unseen + LINES[number], *LINES[number + 1 :]]), "utf-8"
    )
    examined = examine(path)
    named = any(f"{ord(unseen):04x}" in f.message.lower() for f in examined.findings)
    path.write_text(GOOD, "utf-8")

    # In places YAML skips a byte order mark; then nothing is lost.
    assert named or examined.manifest == examine(path).manifest, examined.findings


@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 30),
    st.text("{}[]:,'\"#&*!|>%@`-? \t\n\x00\x85\u2028\ufeffab=<", max_size=12),
)
def test_no_text_is_more_than_a_finding(place: int, cut: int, put: str) -> None:
    """Whatever is cut out of a manifest or put into it: a finding inside the file, or none."""
    import tempfile  # noqa: PLC0415 - a fixture would be shared by the examples

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.yaml"
        path.write_text(GOOD[:place] + put + GOOD[place + cut :], "utf-8")
        examined = examine(path)
    text = examined.source.text

    assert as_text(examined.findings, text) or examined.manifest is not None
    for finding in examined.findings:
        assert 1 <= finding.line <= len(re.split("\r\n|[\r\n\x85\u2028\u2029]", text))
        assert finding.column >= 1


@pytest.mark.parametrize("number", BRACES)
@pytest.mark.parametrize("mark", ["}", "]"])
def test_what_closes_nothing(number: int, mark: str, tmp_path: Path) -> None:
    """One brace or bracket too many is found where it stands."""
    lines = [*LINES]
    lines[number] += mark
    (found,) = read(tmp_path, "\n".join(lines))

    assert (found.line, found.column) == (number + 1, len(lines[number]))
    assert found.message == f"`{mark}` closes nothing that is open"


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000", "\u202f"])
@pytest.mark.parametrize("number", [n for n in KEYS if re.match(r" *[\w-]+: \w", LINES[n])])
def test_a_strange_space_behind_a_colon(number: int, space: str, tmp_path: Path) -> None:
    """It is named, for nobody can see it."""
    lines = [*LINES]
    lines[number] = lines[number].replace(": ", f":{space}", 1)
    found = read(tmp_path, "\n".join(lines))[0]

    assert (found.line, found.rule) == (number + 1, "yaml-syntax")
    assert f"the space U+{ord(space):04X} stands here" in found.message


@given(letter=st.characters(codec="utf-8", categories=["L", "N", "P", "S"]))
def test_a_backslash_in_double_quotes(
    letter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is no escape of YAML's is shown, and how a backslash is written."""
    if letter in "0abtnvfre\"/\\N_LPxuU'":
        return
    text = GOOD.replace("Mail something.", f"C:\\{letter}files")
    (found,) = read(tmp_path_factory.mktemp("escape"), text)

    assert found.line == 1 + LINES.index('    description: "Mail something."')
    assert found.message == f"`\\{letter}` means nothing between double quotes"

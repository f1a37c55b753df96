"""What is wrong with text that is not YAML: the slip that was made, not where a parser gave up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from generator.manifest.positions import Place
    from generator.manifest.yaml_reader import Complaint

_MARKERS = re.compile(r"^(?:(<{7}|>{7}|\|{7})(?: .*)?|={7})\r?$", re.MULTILINE)
_KEY = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#'"\[\]{},&*!|>%@`:][^:#]*):(?:\s|$)""")
_COLON_ALONE = re.compile(r"^[A-Za-z_][\w-]*:\S")
_OPENING = re.compile(r"""(?:^\s*|[:,\-]\s+|[\[{]\s*)(["'])""")
_BRACKETS = {"flow mapping": ("{", "}"), "flow sequence": ("[", "]")}
_STRANGE_SPACE = re.compile(r"(?<=[:\-])[^\S \t\r\n]")
_MOST_LINES_BACK = 200
_LONGEST_KEY = 1024
"""Characters that YAML lets a key have, its colon on the same line."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the parser gave up, and what it was reading.

    Attributes:
        context: What it was reading, in libyaml's words; empty if it does not say.
        problem: What it missed, likewise.
        place: Where it gave up.
        opened: Where that what it was reading began.
        lines: The text.
    """

    context: str
    problem: str
    place: "Place"
    opened: "Place"
    lines: Sequence[str]

    def line(self, number: int) -> str:
        """Return a line by its number, empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def conflict(text: str) -> "Complaint | None":
    """Return what is said about the markers of a merge that was left unfinished, if any are."""
    marks = list(_MARKERS.finditer(text))
    if {"<<<<<<<", ">>>>>>>"} - {mark[1] for mark in marks}:
        return None
    lines = [str(text.count("\n", 0, mark.start()) + 1) for mark in marks[:4]]
    message = f"a merge conflict is left in the file, marked in lines {', '.join(lines)}"
    place = (int(lines[0]), 1)
    return place, "merge-conflict", message, "decide for one side, and remove the markers"


def explained(error: yaml.YAMLError, lines: Sequence[str]) -> "Complaint":
    """Return the place of a mistake, the rule, what is wrong and what to write instead."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable(error, lines)
    place = _place(error.problem_mark)
    opened = _place(error.context_mark) if error.context_mark else place
    slip = Slip(error.context or "", error.problem or "not readable as YAML", place, opened, lines)
    for judge in (
        _tab,
        _no_break_space,
        _escape,
        _closing,
        _comment,
        _start,
        _alias,
        _quote,
        _bracket,
        _missing_colon,
        _second_colon,
        _indentation,
    ):
        if (complaint := judge(slip)) is not None:
            return complaint
    said = f"{slip.context}, {slip.problem}" if slip.context else slip.problem
    return _said(place, said, "quote a value that begins with one of @ ` % | > ! & *")


def _tab(slip: Slip) -> "Complaint | None":
    before = slip.line(slip.place[0])[: slip.place[1]]
    if before.endswith("\t") or (before and not before.strip() and "\t" in before):
        return _said(slip.place, "a tab stands here", "indent with spaces; YAML allows no tabs")
    return None


def _no_break_space(slip: Slip) -> "Complaint | None":
    """A space that is none to YAML, as some keyboards and pages have it."""
    for number in range(max(1, slip.place[0] - 1), slip.place[0] + 1):
        line = slip.line(number)
        indent = line[: len(line) - len(line.lstrip())]
        if strange := indent.strip(" \t"):
            at, hint = indent.index(strange[0]), "indent with ordinary spaces"
        elif behind := _STRANGE_SPACE.search(line):
            at, hint = behind.start(), "put an ordinary space there"
        else:
            continue
        message = f"the space U+{ord(line[at]):04X} stands here, which YAML takes for text"
        return _said((number, at + 1), message, hint)
    return None


def _escape(slip: Slip) -> "Complaint | None":
    """A backslash between double quotes that begins no escape of YAML's."""
    if "escape" not in slip.problem:
        return None
    line, at = slip.line(slip.place[0]), slip.place[1] - 1
    start = line.rfind("\\", 0, at + 1)
    written = line[start : start + 2] if start >= 0 else "\\"
    place = (slip.place[0], start + 1) if start >= 0 else slip.place
    message = f"`{written}` means nothing between double quotes"
    return _said(place, message, "write `\\\\` for a backslash, or take single quotes")


def _closing(slip: Slip) -> "Complaint | None":
    """A brace or bracket that closes nothing."""
    line, column = slip.place
    mark = slip.line(line)[column - 1 : column]
    if mark not in {"}", "]"} or "flow" in slip.context:
        return None
    return _said(slip.place, f"`{mark}` closes nothing that is open", "remove it")


def _comment(slip: Slip) -> "Complaint | None":
    """A comment as other languages have it."""
    for number in {slip.place[0], slip.opened[0], max(1, slip.place[0] - 1)}:
        begun = slip.line(number).lstrip()
        if begun.startswith(("//", "/*")):
            place = number, len(slip.line(number)) - len(begun) + 1
            return _said(place, "this is no comment in YAML", f"write `# {begun.strip('/* ')}`")
    return None


def _start(slip: Slip) -> "Complaint | None":
    """A plain value that begins with a character which means something."""
    if "cannot start any token" not in slip.problem:
        return None
    rest = slip.line(slip.place[0])[slip.place[1] - 1 :].split(" #")[0].rstrip()
    quoted = rest.strip("`").replace('"', "'")
    message = f"a value without quotes cannot begin with {rest[:1]}"
    return _said(slip.place, message, f'write `"{quoted}"`')


def _alias(slip: Slip) -> "Complaint | None":
    if "alias" not in slip.context and "anchor" not in slip.context:
        return None
    hint = "quote a value that starts with & or *, such as a cron expression"
    return _said(slip.place, f"{slip.context}, {slip.problem}", hint)


def _quote(slip: Slip) -> "Complaint | None":
    """A quote that is not closed: its text goes on to the next quote, or to the file's end."""
    scanning = "quoted scalar" in slip.context
    if scanning and "end of stream" not in slip.problem and "document" not in slip.problem:
        return None
    start = slip.opened if scanning else _open_quote(slip)
    if start is None:
        return None
    mark = slip.line(start[0])[start[1] - 1 : start[1]]
    message = f"the quote opened in line {start[0]} is not closed in that line"
    return _said(start, message, f"close it with {mark}")


def _open_quote(slip: Slip) -> "Place | None":
    """Return the last place before the mistake's where a line ends inside a quote it opened."""
    first = max(1, slip.place[0] - _MOST_LINES_BACK)
    for number in range(slip.place[0] - 1, first - 1, -1):
        line = slip.line(number)
        for opening in _OPENING.finditer(line):
            quote, end = opening[1], opening.end()
            if "#" not in line[: opening.start()] and quote not in line[end:]:
                return number, end
    return None


def _bracket(slip: Slip) -> "Complaint | None":
    """A brace or bracket that is not closed, or a comma that is missing between two values."""
    kind = next((kind for kind in _BRACKETS if slip.context.endswith(kind)), None)
    if kind is None:
        return None
    begin, end = _BRACKETS[kind]
    line, column = slip.opened
    if slip.place[0] == line:
        message = f"`,` or `{end}` is missing before this; `{begin}` is opened in column {column}"
        return _said(slip.place, message, "put a comma between entries; quote text that holds one")
    return _said(
        slip.opened,
        f"`{begin}` is opened in line {line} and not closed before line {slip.place[0]}",
        f"close it with `{end}`, or put a comma between two entries",
    )


def _missing_colon(slip: Slip) -> "Complaint | None":
    """A key without its colon, or with no space behind it; the parser took it for text."""
    if "could not find expected ':'" in slip.problem:
        if ":" in slip.line(slip.opened[0])[slip.opened[1] + _LONGEST_KEY :]:
            message = f"a key has at most {_LONGEST_KEY:,} characters"
            return _said(slip.opened, message, "shorten it")
        return _without_colon(slip, slip.opened[0])
    if "mapping values are not allowed" not in slip.problem:
        return None
    before = slip.place[0] - 1
    while before and not slip.line(before).split("#")[0].strip():
        before -= 1
    text = slip.line(before)
    plain = text.strip()[:1] not in {"", "-", "{", "[", '"', "'", "|", ">"}
    is_first = slip.line(slip.place[0]).find(":") == slip.place[1] - 1
    if is_first and plain and not _KEY.match(text):
        return _without_colon(slip, before)
    return None


def _without_colon(slip: Slip, number: int) -> "Complaint":
    line = slip.line(number)
    indent = len(line) - len(line.lstrip(" -"))
    words = line[indent:].split(" #")[0].rstrip()
    place = number, indent + 1
    if _COLON_ALONE.match(words):
        message = f"a space is missing after the colon in line {number}"
        return _said(place, message, f"write `{words.replace(':', ': ', 1)}`")
    name, _, rest = words.partition(" ")
    written = f"{name}: {rest.lstrip('= ')}".rstrip()
    return _said(place, f"a colon is missing in line {number}", f"write `{written}`")


def _second_colon(slip: Slip) -> "Complaint | None":
    """A colon in a value, or a key that is indented below another's value."""
    if "mapping values are not allowed" not in slip.problem:
        return None
    line = slip.line(slip.place[0])
    if line.find(":") != slip.place[1] - 1:
        message = "a second colon stands in one line"
        return _said(slip.place, message, "quote a value that has a colon before a space")
    place = (slip.place[0], len(line) - len(line.lstrip()) + 1)
    message = "the key is indented deeper than what it stands beside"
    return _said(place, message, "indent it like the key above it")


def _indentation(slip: Slip) -> "Complaint | None":
    """A line that is indented like none of those around it."""
    if "block mapping" not in slip.context and "block collection" not in slip.context:
        return None
    indent, around = _indent(slip.line(slip.place[0])), _indents_above(slip)
    if indent == slip.place[1] - 1 and indent not in around:
        nearest = sorted(sorted(around, key=lambda other: abs(other - indent))[:2])
        message = f"indented by {indent} spaces, and nothing above it is"
        return _said(slip.place, message, f"indent it by {' or '.join(map(str, nearest))} spaces")
    wanted_here = "an item, `- `," if "collection" in slip.context else "a key"
    message = f"{wanted_here} was expected here: line {slip.opened[0]} begins with one"
    return _said(slip.place, message, "indent it under what it belongs to, or make it one")


def _indents_above(slip: Slip) -> set[int]:
    """Return the indents of the lines that the mistake's line could stand beside."""
    found: set[int] = set()
    for number in range(slip.place[0] - 1, 0, -1):
        line = slip.line(number)
        indent = _indent(line)
        if line.strip() and line.lstrip()[0] != "#" and indent < min(found, default=len(line)):
            found.add(indent)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _unreadable(error: yaml.YAMLError, lines: Sequence[str]) -> "Complaint":
    """A character that no YAML may hold."""
    code = getattr(error, "character", None)
    if isinstance(code, int):
        message = f"the character U+{code:04X} cannot stand in YAML"
        for number, line in enumerate(lines, 1):
            if chr(code) in line:
                return _said((number, line.index(chr(code)) + 1), message, "remove it")
        return _said((1, 1), message, "remove it")
    return _said((1, 1), f"not readable as YAML: {str(error).splitlines()[0]}", "")


def _said(place: "Place", message: str, hint: str) -> "Complaint":
    return place, "yaml-syntax", message, hint


def _place(mark: yaml.Mark) -> "Place":
    return mark.line + 1, mark.column + 1

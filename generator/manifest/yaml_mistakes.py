"""What is wrong with text that is not YAML: the slip that was made, not where a parser gave up."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import yaml

from generator.manifest import yaml_values
from generator.manifest.merge_marks import leftover
from generator.manifest.slip import Slip, said

if TYPE_CHECKING:
    from generator.manifest.positions import Place
    from generator.manifest.yaml_reader import Complaint

_KEY = re.compile(r"""\s*(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#'"\[\]{},&*!|>%@`:][^:#]*):(?:\s|$)""")
_COLON_ALONE = re.compile(r"^[A-Za-z_][\w-]*:\S")
_BRACKETS = {"flow mapping": ("{", "}"), "flow sequence": ("[", "]")}
_STRANGE_SPACE = re.compile(r"(?<=[:\-])[^\S \t\r\n]")
_UNSEEN = re.compile("[ \t]*[\ufeff\u200b-\u200f\u2060]")
_LONGEST_KEY = 1024
"""Characters that YAML lets a key have, its colon on the same line."""


def explained(error: yaml.YAMLError, lines: Sequence[str]) -> "Complaint":
    """Return the place of a mistake, the rule, what is wrong and what to write instead."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable(error, lines)
    place = _place(error.problem_mark)
    opened = _place(error.context_mark) if error.context_mark else place
    if (left := leftover("\n".join(lines))) is not None:
        return left
    slip = Slip(error.context or "", error.problem or "not readable as YAML", place, opened, lines)
    for judge in (
        _tab,
        _unseen,
        _no_break_space,
        yaml_values.escape,
        _closing,
        _comment,
        yaml_values.start,
        yaml_values.alias,
        yaml_values.dash,
        yaml_values.goes_on,
        yaml_values.quote,
        _bracket,
        _missing_colon,
        _second_colon,
        _indentation,
    ):
        if (complaint := judge(slip)) is not None:
            return complaint
    words = f"{slip.context}, {slip.problem}" if slip.context else slip.problem
    return said(place, words, "quote a value that begins with one of @ ` % | > ! & *")


def _tab(slip: Slip) -> "Complaint | None":
    before = slip.line(slip.place[0])[: slip.place[1]]
    if before.endswith("\t") or (before and not before.strip() and "\t" in before):
        return said(slip.place, "a tab stands here", "indent with spaces; YAML allows no tabs")
    return None


def _unseen(slip: Slip) -> "Complaint | None":
    """A character without width at the beginning of a line: from there on all is text to YAML."""
    for number, line in enumerate(slip.lines[: slip.place[0]], 1):
        if found := _UNSEEN.match(line):
            message = f"the invisible character U+{ord(line[found.end() - 1]):04X} stands here"
            return said((number, found.end()), message, "remove it")
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
        return said((number, at + 1), message, hint)
    return None


def _closing(slip: Slip) -> "Complaint | None":
    """A brace or bracket that closes nothing."""
    line, column = slip.place
    mark = slip.line(line)[column - 1 : column]
    if mark not in {"}", "]"} or "flow" in slip.context:
        return None
    return said(slip.place, f"`{mark}` closes nothing that is open", "remove it")


def _comment(slip: Slip) -> "Complaint | None":
    """A comment as other languages have it."""
    for number in {slip.place[0], slip.opened[0], max(1, slip.place[0] - 1)}:
        begun = slip.line(number).lstrip()
        if begun.startswith(("//", "/*")):
            place = number, len(slip.line(number)) - len(begun) + 1
            return said(place, "this is no comment in YAML", f"write `# {begun.strip('/* ')}`")
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
        return said(slip.place, message, "put a comma between entries; quote text that holds one")
    return said(
        slip.opened,
        f"`{begin}` is opened in line {line} and not closed before line {slip.place[0]}",
        f"close it with `{end}`, or put a comma between two entries",
    )


def _missing_colon(slip: Slip) -> "Complaint | None":
    """A key without its colon, or with no space behind it; the parser took it for text."""
    if "could not find expected ':'" in slip.problem:
        if ":" in slip.line(slip.opened[0])[slip.opened[1] + _LONGEST_KEY :]:
            message = f"a key has at most {_LONGEST_KEY:,} characters"
            return said(slip.opened, message, "shorten it")
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
        return said(place, message, f"write `{words.replace(':', ': ', 1)}`")
    name, _, rest = words.partition(" ")
    written = f"{name}: {rest.lstrip('= ')}".rstrip()
    return said(place, f"a colon is missing in line {number}", f"write `{written}`")


def _second_colon(slip: Slip) -> "Complaint | None":
    """A colon in a value, or a key that is indented below another's value."""
    if "mapping values are not allowed" not in slip.problem:
        return None
    line = slip.line(slip.place[0])
    if line.find(":") != slip.place[1] - 1:
        message = "a second colon stands in one line"
        return said(slip.place, message, "quote a value that has a colon before a space")
    place = (slip.place[0], len(line) - len(line.lstrip()) + 1)
    message = "the key is indented deeper than what it stands beside"
    return said(place, message, "indent it like the key above it")


def _indentation(slip: Slip) -> "Complaint | None":
    """A line that is indented like none of those around it."""
    if "block mapping" not in slip.context and "block collection" not in slip.context:
        return None
    indent, around = _indent(slip.line(slip.place[0])), _indents_above(slip)
    if indent == slip.place[1] - 1 and indent not in around:
        nearest = sorted(sorted(around, key=lambda other: abs(other - indent))[:2])
        message = f"indented by {indent} spaces, and nothing above it is"
        return said(slip.place, message, f"indent it by {' or '.join(map(str, nearest))} spaces")
    wanted_here = "an item, `- `," if "collection" in slip.context else "a key"
    message = f"{wanted_here} was expected here: line {slip.opened[0]} begins with one"
    return said(slip.place, message, "indent it under what it belongs to, or make it one")


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
                return said((number, line.index(chr(code)) + 1), message, "remove it")
        return said((1, 1), message, "remove it")
    return said((1, 1), f"not readable as YAML: {str(error).splitlines()[0]}", "")


def _place(mark: yaml.Mark) -> "Place":
    return mark.line + 1, mark.column + 1

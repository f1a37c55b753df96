"""Values that are no YAML: a quote, a dash or a mark at their beginning that means something."""

import json
import re
from typing import TYPE_CHECKING

from generator.manifest.flow import entry
from generator.manifest.slip import Slip, said

if TYPE_CHECKING:
    from generator.manifest.positions import Place
    from generator.manifest.yaml_reader import Complaint

_OPENING = re.compile(r"""(?:^\s*|[:,\-]\s+|[\[{]\s*)(["'])""")
_DASH = re.compile(r"""(\s*(?:- +)*-)([\[{"'A-Za-z].*)""")
_ENDED = re.compile(r"""\s*(?:- +)*([\w-]+):\s+(["'\[{].*)""")
_MOST_LINES_BACK = 200


def escape(slip: Slip) -> "Complaint | None":
    """Judge a backslash between double quotes that begins no escape of YAML's."""
    if "escape" not in slip.problem:
        return None
    line, at = slip.line(slip.place[0]), slip.place[1] - 1
    start = line.rfind("\\", 0, at + 1)
    written = line[start : start + 2] if start >= 0 else "\\"
    place = (slip.place[0], start + 1) if start >= 0 else slip.place
    message = f"`{written}` means nothing between double quotes"
    return said(place, message, "write `\\\\` for a backslash, or take single quotes")


def start(slip: Slip) -> "Complaint | None":
    """Judge a plain value that begins with a character which means something."""
    if "cannot start any token" not in slip.problem:
        return None
    rest = slip.line(slip.place[0])[slip.place[1] - 1 :].split(" #")[0].rstrip()
    quoted = rest.strip("`").replace('"', "'")
    message = f"a value without quotes cannot begin with {rest[:1]}"
    return said(slip.place, message, f'write `"{quoted}"`')


def alias(slip: Slip) -> "Complaint | None":
    """Judge a plain value that begins with the mark of an alias or an anchor."""
    if "alias" not in slip.context and "anchor" not in slip.context:
        return None
    rest = slip.line(slip.opened[0])[slip.opened[1] - 1 :]
    value = re.split(r", | #|[}\]]", rest)[0].rstrip()
    message = f"a value without quotes cannot begin with {rest[:1]}"
    return said(slip.opened, message, f"write `{json.dumps(value, ensure_ascii=False)}`")


def dash(slip: Slip) -> "Complaint | None":
    """Judge an item of a list without the space behind its dash."""
    for number in dict.fromkeys((slip.place[0], slip.opened[0])):
        if found := _DASH.match(slip.line(number)):
            message = f"a space is missing after the dash in line {number}"
            return said(
                (number, len(found[1])), message, f"write `- {found[2].split(' #')[0].rstrip()}`"
            )
    return None


def goes_on(slip: Slip) -> "Complaint | None":
    """Judge text that begins with a quote, brace or bracket, and goes on where that is closed."""
    line, column = slip.place
    found = _ENDED.match(slip.line(line))
    if found is None or "block mapping" not in slip.context or column <= found.start(2) + 1:
        return None
    message = f"more stands behind the end of what begins with {found[2][0]}"
    written = entry(found[1], found[2].split(" #")[0].rstrip())
    return said(slip.place, message, f"if all of it is text, write `{written}`")


def quote(slip: Slip) -> "Complaint | None":
    """Judge a quote that is not closed: its text goes on to the next one, or to the end."""
    scanning = "quoted scalar" in slip.context
    if scanning and "end of stream" not in slip.problem and "document" not in slip.problem:
        return None
    start = slip.opened if scanning else _open_quote(slip)
    if start is None:
        return None
    mark = slip.line(start[0])[start[1] - 1 : start[1]]
    message = f"the quote opened in line {start[0]} is not closed in that line"
    return said(start, message, f"close it with {mark}")


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

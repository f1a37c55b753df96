"""Bounds on the manifest's text, kept before the YAML parser sees it.

libyaml composes recursively in C: a hundred thousand open brackets end the process, not the parse.
So text that might nest deeply is first walked event by event, which needs no stack.
"""

import re
from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:
    from yaml._yaml import Mark as FastMark

Mark: TypeAlias = "yaml.Mark | FastMark"
Refusal: TypeAlias = "tuple[Mark | None, str, str, str]"
"""Mark, rule, message, hint."""

MAX_BYTES = 8 * 1024 * 1024
"""A file above this is not a manifest that a person keeps."""

MAX_VALUES = 120_000
"""Nearly three thousand jobs fit. Each value costs the parser a kilobyte and some time."""

MAX_DEPTH = 64
"""Nothing in a manifest nests as deep; Python's own recursion limit is far above."""

_VALUE = re.compile(r":(?=[\s,\]}]|$)|,|^[ \t]*-[ \t\n]", re.MULTILINE)
"""What stands before each value, and now and then inside a text: good enough for a bound."""

_BRACKET = re.compile(r"[\[\]{}]")
_COMPACT_NESTING = re.compile(r"^[ \t]*(?:[-?:][ \t]+){32}", re.MULTILINE)
_DEEP_INDENT = re.compile(r"^ {128}", re.MULTILINE)
_ANCHOR = re.compile(r"(?:^|[\s\[{,:])&[^\s&]", re.MULTILINE)


def refusal(text: str) -> "Refusal | None":
    """Return the first thing that is out of bounds.

    Raises:
        yaml.YAMLError: The text is not YAML.
    """
    values = sum(1 for _ in _VALUE.finditer(text))
    if values > MAX_VALUES:
        message = f"the manifest holds about {values:,} values, {MAX_VALUES:,} are allowed"
        return None, "file-too-many-values", message, "look what has been written into it"
    if _may_nest_deeply(text) or _ANCHOR.search(text):
        return _walk(text)
    return None


def _may_nest_deeply(text: str) -> bool:
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return (
        deepest >= MAX_DEPTH // 2
        or _COMPACT_NESTING.search(text) is not None
        or _DEEP_INDENT.search(text) is not None
    )


def _walk(text: str) -> "Refusal | None":
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return event.start_mark, "yaml-depth", f"nested deeper than {MAX_DEPTH} levels", ""
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            return (
                event.start_mark,
                "yaml-anchor",
                f"anchors and aliases (`{event.anchor}`) are not part of the manifest",
                "say what jobs share under `defaults`; quote a value that starts with & or *",
            )
    return None

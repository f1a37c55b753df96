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
"""Ten thousand jobs fit; a file above this is not a manifest that a person keeps."""

MAX_DEPTH = 64
"""Nothing in a manifest nests as deep; Python's own recursion limit is far above."""

_BRACKET = re.compile(r"[\[\]{}]")
_COMPACT_NESTING = re.compile(r"^[ \t]*(?:[-?:][ \t]+){32}", re.MULTILINE)
_DEEP_INDENT = re.compile(r"^ {128}", re.MULTILINE)
_ANCHOR = re.compile(r"(?:^|[\s\[{,:])&[^\s&]", re.MULTILINE)


def refusal(text: str) -> "Refusal | None":
    """Return the first thing that is out of bounds.

    Raises:
        yaml.YAMLError: The text is not YAML.
    """
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

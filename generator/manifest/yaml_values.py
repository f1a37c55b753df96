"""YAML nodes to plain values, without YAML 1.1's surprises.

Only what JSON also has is a value: true, false, null, decimal numbers, text, lists, and maps
with text keys.
Text that another YAML reader would take for something else must be quoted.
"""

import math
import re
from typing import TypeAlias

import yaml

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Complaint: TypeAlias = tuple[yaml.Mark, str, str, str]
"""Mark, rule, message, hint."""

_TAG = "tag:yaml.org,2002:"
_SURPRISE = "!surprise"
_NUMERIC = "-+0123456789."
_SURPRISES = re.compile(
    r"""^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE|Null|NULL
    |[-+]?0[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+|0o[0-7]+
    |[-+]?[0-9][0-9]*_[0-9_]*|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    |\+[0-9]+|[-+]?\.[0-9]+|[-+]?[0-9]+\.|[-+]?[0-9]{19,}
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<|=)$""",
    re.VERBOSE,
)
_RESOLVERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (f"{_TAG}bool", re.compile(r"^(?:true|false)$"), "tf"),
    (f"{_TAG}null", re.compile(r"^(?:null|~|)$"), "n~"),
    (f"{_TAG}int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), "-0123456789"),
    (
        f"{_TAG}float",
        re.compile(r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$"),
        "-0123456789",
    ),
    (_SURPRISE, _SURPRISES, "yYnNoOtTfF<=" + _NUMERIC),
)


class Loader(yaml.CSafeLoader):
    """The C parser with our idea of which plain words are not text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern, chars in _RESOLVERS if first in chars]
    for first in {char for _, _, chars in _RESOLVERS for char in chars}
} | {"": [(tag, pattern) for tag, pattern, _ in _RESOLVERS if tag.endswith("null")]}


def build(root: yaml.Node) -> tuple[Value, list[Complaint]]:
    """Return the value of a composed document and what is wrong with its YAML."""
    complaints: list[Complaint] = []
    return _value(root, complaints), complaints


def _value(node: yaml.Node, complaints: list[Complaint]) -> Value:
    if isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
        return _mapping(node, complaints)
    if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
        return [_value(item, complaints) for item in node.value]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, complaints)
    complaints.append(
        (node.start_mark, "yaml-tag", f"tag `{node.tag}` is not part of the manifest", "")
    )
    return None


def _mapping(node: yaml.MappingNode, complaints: list[Complaint]) -> dict[str, Value]:
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = _value(key_node, complaints)
        if not isinstance(key, str):
            shown = getattr(key_node, "value", "")
            shown = f"`{shown}`" if isinstance(shown, str) else "this"
            complaints.append(
                (key_node.start_mark, "yaml-key", f"a key must be text, {shown} is not", "quote it")
            )
            continue
        if key in mapping:
            complaints.append(
                (
                    key_node.start_mark,
                    "yaml-duplicate-key",
                    f"`{key}` is given twice in the same place",
                    "keep one of them; YAML would silently drop the first",
                ),
            )
        mapping[key] = _value(value_node, complaints)
    return mapping


def _scalar(node: yaml.ScalarNode, complaints: list[Complaint]) -> Value:
    text: str = node.value
    match node.tag.removeprefix(_TAG):
        case "str":
            return text
        case "int":
            return int(text)
        case "float" if math.isfinite(float(text)):
            return float(text)
        case "bool":
            return text == "true"
        case "null":
            return None
        case "float" | "!surprise":
            complaints.append(
                (
                    node.start_mark,
                    "yaml-surprise",
                    f"unquoted `{text}` means different things to different YAML readers",
                    _instead_of(text),
                ),
            )
        case _:
            complaints.append(
                (
                    node.start_mark,
                    "yaml-tag",
                    f"tag `{node.tag}` is not part of the manifest",
                    "remove it",
                ),
            )
    return text


def _instead_of(text: str) -> str:
    lowered = text.lower()
    if lowered in {"yes", "on", "true"}:
        return f'write true, or "{text}" in quotes if text is meant'
    if lowered in {"no", "off", "false"}:
        return f'write false, or "{text}" in quotes if text is meant'
    if text == "<<":
        return "merge keys are not part of the manifest; say what jobs share under `defaults`"
    return f'write "{text}" in quotes if text is meant, a plain decimal number if not'

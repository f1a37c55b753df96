"""Reading the schemas of values that hold no others: text, numbers, booleans, choices."""

import math
from collections.abc import Mapping

from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.keywords import BY_TYPE, refuse_others
from generator.contracts.node import Node
from generator.contracts.patterns import complaint_about
from generator.contracts.spellings import written_instead
from generator.words import did_you_mean, shown

_BESIDE_FORMAT: Mapping[types.Format, frozenset[str]] = {
    types.Format.EMAIL: frozenset({"maxLength"}),
    types.Format.URI: frozenset({"maxLength"}),
    types.Format.URI_REFERENCE: frozenset({"minLength", "maxLength"}),
    types.Format.HOSTNAME: frozenset({"maxLength"}),
    types.Format.JSON_POINTER: frozenset({"minLength", "maxLength"}),
    types.Format.REGEX: frozenset({"minLength", "maxLength"}),
}


def string(node: Node) -> types.Type:
    """Return the text that a schema describes."""
    low, high = counts(node, "minLength", "maxLength")
    pattern = node.typed("pattern", str, None)
    if pattern is not None and (wrong := complaint_about(pattern)):
        node.complain(("pattern",), "payload-pattern", f"not a usable pattern: {wrong}")
        pattern = None
    return types.String(low, high, pattern, _format(node))


def integer(node: Node) -> types.Type:
    """Return the whole number that a schema describes."""
    return _number(node, integer=True)


def number(node: Node) -> types.Type:
    """Return the number that a schema describes."""
    return _number(node, integer=False)


def null(_node: Node) -> types.Type:
    """Return null."""
    return types.Null()


def _number(node: Node, *, integer: bool) -> types.Type:
    low, high, above, below, step = (
        _bound(node, word)
        for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    )
    if step is not None and step <= 0:
        node.complain(("multipleOf",), "payload-bounds", "`multipleOf` must be above 0")
        step = None
    lows = [bound for bound in (low, above) if bound is not None]
    highs = [bound for bound in (high, below) if bound is not None]
    if lows and highs and max(lows) > min(highs):
        node.complain_of_key((), "payload-bounds", "the lower bound is above the upper one")
    return types.Number(integer, low, high, above, below, step)


def boolean(_node: Node) -> types.Type:
    """Return true or false."""
    return types.Boolean()


def choice(node: Node) -> types.Type:
    """Return the values that an `enum` lists, or the one of a `const`."""
    word = "enum" if "enum" in node.schema else "const"
    refuse_others(node, frozenset({word, "type"}), f"`{word}`")
    listed = node.typed("enum", list, []) if word == "enum" else [node.schema["const"]]
    good: dict[object, object] = {}
    for index, value in enumerate(listed):
        at = (word, index) if word == "enum" else (word,)
        if same_value(value) in good:
            node.complain(at, "payload-enum", f"{shown(value)} is listed twice")
        elif not _is_of_type(value, node.schema.get("type")):
            declared = node.schema["type"]
            node.complain(at, "payload-enum", f"{shown(value)} is not of `type: {declared}`")
        else:
            good[same_value(value)] = value
    if not listed and isinstance(node.schema[word], list):
        node.complain((word,), "payload-enum", "`enum` must list at least one value")
    return types.Choice(tuple(good.values())) if good else types.Unknown()


def counts(node: Node, low: str, high: str) -> tuple[int | None, int | None]:
    """Return a lower and an upper bound on a number of things."""
    found = [_count(node, word) for word in (low, high)]
    for word, bound in zip((low, high), found, strict=True):
        if bound is not None and bound < 0:
            node.complain((word,), "payload-bounds", f"`{word}` must be 0 or more")
    if found[0] is not None and found[1] is not None and found[0] > found[1]:
        node.complain((low,), "payload-bounds", f"`{low}` is above `{high}`")
    return found[0], found[1]


def _count(node: Node, word: str) -> int | None:
    given = node.schema.get(word)
    if isinstance(given, float) and given.is_integer():
        return int(given)
    count: int | None = node.typed(word, int, None)
    return count


def _format(node: Node) -> types.Format | None:
    name = node.schema.get("format")
    if name is None:
        return None
    known = [form.value for form in types.Format]
    if name not in known:
        _, _, said = written_instead(name).partition("format: ")
        hint = f"write `format: {said}" if said else did_you_mean(str(name), known)
        hint = hint or f"known formats: {', '.join(known)}"
        node.complain(("format",), "payload-format", f"unknown format {shown(name)}", hint)
        return None
    found = types.Format(name)
    for word in sorted(BY_TYPE["string"] & node.schema.keys() - {"format"}):
        if word not in _BESIDE_FORMAT.get(found, ()):
            node.refuse(word, f"`format: {name}` already says what the text may be")
    return found


def _bound(node: Node, word: str) -> float | None:
    bound = node.schema.get(word)
    if bound is None and word not in node.schema:
        return None
    if isinstance(bound, bool) or not isinstance(bound, int | float) or not _is_finite(bound):
        node.complain((word,), "payload-schema", f"`{word}` must be a number, not {shown(bound)}")
        return None
    return bound


def _is_finite(bound: float) -> bool:
    return isinstance(bound, int) or math.isfinite(bound)


def _is_of_type(value: object, declared: object) -> bool:
    if declared is None:
        return True
    names = declared if isinstance(declared, list) else [declared]
    if isinstance(value, float) and not math.isfinite(value):
        return False
    kind = types.kind_of_value(value)
    whole = kind == "number" and not math.fmod(value, 1)  # type: ignore[arg-type] # a number
    return kind in names or (whole and "integer" in names)

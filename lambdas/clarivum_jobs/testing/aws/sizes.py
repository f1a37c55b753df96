"""How large DynamoDB takes an item to be."""

from collections.abc import Callable, Mapping
from typing import Any

LARGEST_ITEM = 400 * 1024
"""Bytes; names and values count, whatever operation wrote them."""

_DIGITS = 38


def size(item: Mapping[str, Any]) -> int:
    """Bytes of an item as DynamoDB documents them: names, values, and a little for nesting."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    return _MEASURES.get(kind, _one)(content)


def _one(_content: object) -> int:
    return 1


_MEASURES: Mapping[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": lambda text: len(text.strip("-").replace(".", "")[:_DIGITS]) // 2 + 2,
    "B": len,
    "SS": lambda texts: sum(len(text.encode()) for text in texts),
    "L": lambda values: 3 + sum(1 + _value(value) for value in values),
    "M": lambda values: 3 + sum(1 + size({name: value}) for name, value in values.items()),
}

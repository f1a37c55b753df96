"""How a payload is written into a message, the same whoever sends it and in whatever language.

`docs/key-form-1.md` says it for other languages; the vectors of its tests hold both of ours to it.
"""

from collections.abc import Mapping

from pydantic import JsonValue

from clarivum_jobs.contract.constraints import one_spelling

DEEPEST = 199
"""Most lists and maps inside each other, the payload itself counted.

The worker's parser reads 200, and the message around the payload is one of them.
"""


class TooDeepError(ValueError):
    """A payload is nested deeper than a worker can read."""

    def __init__(self) -> None:
        """Say how deep it may be."""
        super().__init__(f"nested more than {DEEPEST} deep")


def in_data_form(document: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a payload with its names sorted, and whole numbers without a point.

    JavaScript keeps neither the order of all names nor the difference of 1 and 1.0.

    Raises:
        TooDeepError: It is nested deeper than a worker can read.
    """
    return _map(document, DEEPEST - 1)


def _map(value: Mapping[str, JsonValue], room: int) -> dict[str, JsonValue]:
    return {name: _form(value[name], room) for name in sorted(value)}


def _form(value: JsonValue, room: int) -> JsonValue:
    """Return a value; `room` is how many lists and maps it may be, inside each other."""
    if not isinstance(value, dict | list | tuple):
        return one_spelling(value)
    if not room:
        raise TooDeepError
    if isinstance(value, dict):
        return _map(value, room - 1)
    return [_form(inner, room - 1) for inner in value]

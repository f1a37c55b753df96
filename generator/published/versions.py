"""One published version of a contract: what it accepts now, and all that it ever accepted."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.contracts.comparison.differences import differences
from generator.contracts.schema import read_payload
from generator.contracts.types import Object
from generator.render.contract import EARLIER, KEY


class UnreadableError(Exception):
    """A published contract cannot be read; the message says why, to be said after its path."""


@dataclass(frozen=True, slots=True)
class State:
    """What a version accepted at one time.

    Attributes:
        schema: As it was published.
        payload: Its model.
    """

    schema: Mapping[str, Any]
    payload: Object


@dataclass(frozen=True, slots=True)
class Version:
    """One published version.

    Attributes:
        number: Its number.
        text: The whole file.
        key: The fields of the idempotency key.
        states: What it accepted, oldest first; the last is what it accepts.
        intact: Whether the file is as it was generated.
    """

    number: int
    text: str
    key: tuple[str, ...]
    states: tuple[State, ...]
    intact: bool = True

    @property
    def said(self) -> str:
        """What the file says, without its header, in one spelling; 1 is not true there."""
        written = json.loads(self.text)
        return json.dumps({w: v for w, v in written.items() if w != "$comment"}, sort_keys=True)

    def keeps(self, state: State) -> bool:
        """Say whether something here accepts, and keeps, all that another state accepted."""
        return any(covers(mine.payload, state.payload) for mine in self.states)


def covers(wider: Object, narrower: Object) -> bool:
    """Say whether whatever fits the narrower payload fits the wider one, with nothing dropped."""
    return not any(differences(narrower, wider))


def read_version(number: int, text: str, *, intact: bool = True) -> Version:
    """Return a published version.

    Raises:
        UnreadableError: The text is no contract that this generator can read.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        reason = "is no JSON, perhaps a merge left its marks in it"
        raise UnreadableError(reason) from error
    if not isinstance(document, dict):
        reason = "holds no JSON object"
        raise UnreadableError(reason)
    schema = {word: value for word, value in document.items() if word != "$comment"}
    key, earlier = schema.pop(KEY, []), schema.pop(EARLIER, [])
    if not isinstance(key, list) or not isinstance(earlier, list):
        reason = f"has a `{KEY}` or an `{EARLIER}` that is no list"
        raise UnreadableError(reason)
    states = tuple(map(_state, [*earlier, schema]))
    return Version(number, text, tuple(map(str, key)), states, intact)


def distinct(states: Iterable[State]) -> tuple[State, ...]:
    """Return the states, of those that are written alike the last one."""
    kept: dict[str, State] = {}
    for state in states:
        written = json.dumps(state.schema, sort_keys=True)
        kept.pop(written, None)
        kept[written] = state
    return tuple(kept.values())


def _state(schema: object) -> State:
    if not isinstance(schema, dict):
        reason = f"has under `{EARLIER}` what is no schema"
        raise UnreadableError(reason)
    payload, complaints = read_payload(schema)
    if complaints:
        reason = f"holds a schema that cannot be read: {complaints[0].message}"
        raise UnreadableError(reason)
    return State(schema, payload)

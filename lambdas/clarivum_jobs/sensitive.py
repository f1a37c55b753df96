"""Finding the values of sensitive fields, and keeping them out of texts."""

import contextlib
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Annotated
from urllib.parse import quote

from pydantic import BaseModel

from clarivum_jobs.formats import Sensitive

HIDDEN = "[hidden]"
TOO_DEEP = "[too deep]"

# A value that holds itself would have no end.
_DEEPEST = 20

# Shorter values stand inside ordinary words; they are hidden only where they stand alone.
_LONG_ENOUGH = 4

# Fields of a log line that the runtime fills in itself, or that could not hold a payload's value.
_OWN_FIELDS = frozenset({"level", "timestamp", "service", "location", "job", "job_id", "attempt"})

_active: list["Redactor"] = []


class Redactor:
    """Replaces some values wherever they stand in a text, as they are or escaped."""

    def __init__(self, values: frozenset[str]) -> None:
        """Hide `values`, whatever their case."""
        parts = [
            _spelled(value) if len(value) >= _LONG_ENOUGH else rf"(?<!\w){_spelled(value)}(?!\w)"
            for value in sorted(values, key=lambda value: (-len(value), value))
            if value
        ]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def clean(self, text: str) -> str:
        """Return the text with every value replaced."""
        return self._pattern.sub(HIDDEN, text) if self._pattern else text


def _spelled(value: str) -> str:
    """Return a pattern of a value whose signs may each be escaped as in a URL or in JSON."""
    return "".join(
        character
        if character.isascii() and character.isalnum()
        else "(?:{})".format(
            "|".join(
                re.escape(form)
                for form in (character, quote(character, safe=""), json.dumps(character)[1:-1])
            )
        )
        for character in value
    )


@contextlib.contextmanager
def hiding(values: frozenset[str]) -> Iterator[Redactor]:
    """Keep `values` out of every log line that is written inside the block, by any thread."""
    redactor = Redactor(values)
    _active.append(redactor)
    try:
        yield redactor
    finally:
        _active.remove(redactor)


def cleaned(value: object, depth: int = 0) -> object:
    """Return a JSON-like value without what is being hidden at the moment.

    What lies deeper than `_DEEPEST`, or cannot be written as text, is replaced by a word.
    """
    if depth > _DEEPEST:
        return TOO_DEEP
    if isinstance(value, Mapping):
        # Only the line's own fields: what a handler nests may bear the same names.
        own = _OWN_FIELDS if depth == 0 else frozenset[str]()
        return {
            (name if name in own else cleaned_name(name)): (
                inner if name in own else cleaned(inner, depth + 1)
            )
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [cleaned(inner, depth + 1) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    text = cleaned_name(value)
    return value if isinstance(value, int | float) and text == str(value) else text


def cleaned_name(value: object) -> str:
    """Return any value as text, without what is being hidden at the moment."""
    try:
        text = str(value)
    except Exception:  # noqa: BLE001 - foreign code; a log line never fails the job
        return f"[{type(value).__name__} without text]"
    return cleaned_text(text)


def cleaned_text(text: str) -> str:
    """Return a text without what is being hidden at the moment."""
    for redactor in _active:
        text = redactor.clean(text)
    return text


def sensitive_values(model: BaseModel) -> frozenset[str]:
    """Return the values, as text, of all fields marked sensitive, at any depth."""
    return frozenset(_in_model(model))


def _in_model(model: BaseModel) -> Iterator[str]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if any(isinstance(mark, Sensitive) for mark in field.metadata):
            yield from _leaves(value)
        else:
            yield from _marked(field.annotation, value)


def _marked(annotation: object, value: object) -> Iterator[str]:
    """Yield what a value holds under the marks inside its annotation."""
    if isinstance(value, BaseModel):
        yield from _in_model(value)
        return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        if any(isinstance(mark, Sensitive) for mark in arguments[1:]):
            yield from _leaves(value)
        else:
            yield from _marked(arguments[0], value)
    elif origin in (typing.Union, types.UnionType):
        for argument in arguments:
            yield from _marked(argument, value)
    elif isinstance(value, Mapping) and arguments:
        for item in value.values():
            yield from _marked(arguments[-1], item)
    elif isinstance(value, list | tuple) and arguments:
        for item in value:
            yield from _marked(arguments[0], item)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

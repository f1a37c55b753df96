"""Finding the values of sensitive fields, and keeping them out of texts."""

import contextlib
import datetime as dt
import types
import typing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel

from clarivum_jobs.contract.formats import Sensitive
from clarivum_jobs.privacy.marks import fields_of
from clarivum_jobs.privacy.redactor import HIDDEN, Redactor, glance
from clarivum_jobs.privacy.written import written_moments, written_numbers

__all__ = ["HIDDEN", "Redactor", "cleaned", "cleaned_text", "hiding", "sensitive_values"]

TOO_DEEP = "[too deep]"

# A value that holds itself would have no end.
_DEEPEST = 20

# Fields of a log line that the runtime fills in itself: a short value there is a coincidence.
_OWN_FIELDS = frozenset({"level", "timestamp", "service", "location", "job", "job_id", "attempt"})
_TELLING = 6

# What a message left behind - a thread, a buffer - may log while later ones are worked on.
_LATE = 8

_active: list[Redactor] = []
_recent: deque[Redactor] = deque(maxlen=_LATE)


@contextlib.contextmanager
def hiding(values: frozenset[str]) -> Iterator[Redactor]:
    """Keep `values` out of every log line that is written inside the block, by any thread."""
    redactor = Redactor(values)
    _active.append(redactor)
    try:
        yield redactor
    finally:
        _active.remove(redactor)
        telling = all(len(value) >= _TELLING for value in values)
        _recent.append(redactor if telling else Redactor(values, least=_TELLING))


def cleaned(value: object, clean: Callable[[str], str] | None = None, depth: int = 0) -> object:
    """Return a JSON-like value without what is being hidden at the moment.

    What lies deeper than `_DEEPEST`, or cannot be written as text, is replaced by a word.
    """
    clean = clean or cleaned_text
    if depth > _DEEPEST:
        return TOO_DEEP
    if isinstance(value, Mapping):
        # Only the line's own fields: what a handler nests may bear the same names.
        own = _OWN_FIELDS if depth == 0 else frozenset[str]()
        return {
            (name if name in own else clean(as_text(name))): (
                inner if name in own and _is_short(inner) else cleaned(inner, clean, depth + 1)
            )
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [cleaned(inner, clean, depth + 1) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    written = as_text(value)
    text = clean(written)
    return value if isinstance(value, int | float) and text == written else text


def cleaned_line(line: Mapping[str, object]) -> object:
    """Return a line of the log without what is hidden, now or a moment ago.

    Most lines show nothing: they are looked at as a whole first, and read sign by sign only if
    something may stand in them.
    """
    texts: list[str] = []

    def noted(text: str) -> str:
        texts.append(text)
        return text

    plain = cleaned(line, noted)
    redactors = [redactor for redactor in (*_active, *_recent) if not redactor.empty]
    if redactors:
        seen = glance(*texts)
        if any(redactor.may_change(seen) for redactor in redactors):
            return cleaned(plain, cleaned_output)
    return plain if all(map(str.isascii, texts)) else cleaned(plain, _writable)


def as_text(value: object) -> str:
    """Return any value as text; what fails to be one is named by its type."""
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - foreign code; a log line never fails the job
        return f"[{type(value).__name__} without text]"


def cleaned_text(text: str) -> str:
    """Return a text without what is being hidden at the moment."""
    return _writable(_without(_active, text))


def cleaned_output(text: str) -> str:
    """Return a text that is written out: without what was hidden a moment ago, too."""
    return _writable(_without((*_active, *_recent), text))


def _without(redactors: Iterable[Redactor], text: str) -> str:
    """Return a text that was cleaned by some redactors, which have one glance at it together."""
    hiding_some = [redactor for redactor in redactors if not redactor.empty]
    if not hiding_some:
        return text
    seen = glance(text)
    for redactor in hiding_some:
        if redactor.may_change(seen):
            text = redactor.clean(text)
            seen = glance(text)
    return text


def _writable(text: str) -> str:
    """Return a text that every service and stream takes: half of a surrogate pair is none."""
    return text if text.isascii() else text.encode(errors="replace").decode()


def _is_short(value: object) -> bool:
    return not isinstance(value, str) or len(value) < _TELLING


def sensitive_values(model: BaseModel) -> frozenset[str]:
    """Return the values, as text, of all fields marked sensitive, at any depth."""
    return frozenset(_in_model(model))


def _in_model(model: BaseModel) -> Iterator[str]:
    for field in fields_of(type(model)):
        if field.plain:
            continue
        value = getattr(model, field.attribute)
        if field.sensitive:
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
        value = value.model_dump()
    if isinstance(value, Mapping):
        # Of a map the names may be values as well: addresses, say.
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dt.datetime | dt.date | dt.time):
        yield from written_moments(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from written_numbers(value)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

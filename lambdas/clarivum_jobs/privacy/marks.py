"""Which fields of a model are sensitive: found out once for a model, and not for each message."""

import datetime as dt
import functools
import types
import typing
import uuid
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from clarivum_jobs.contract.formats import Sensitive
from clarivum_jobs.contract.payload import MOST_MODELS, json_name

_PLAIN = frozenset(
    {str, int, float, bool, types.NoneType, dt.date, dt.datetime, dt.time, uuid.UUID}
)


@dataclass(frozen=True, slots=True)
class MarkedField:
    """A field of a model, as far as it matters here.

    Attributes:
        attribute: Its name in Python.
        name: Its name in JSON.
        annotation: Its type.
        sensitive: Whether it is marked itself, and all of its value is sensitive.
        hidden: Whether it bears a mark anywhere, nested models apart, and is not shown at all.
        plain: Whether its values are never more than a text, a number or a moment without a mark.
    """

    attribute: str
    name: str
    annotation: object
    sensitive: bool
    hidden: bool
    plain: bool


@functools.lru_cache(MOST_MODELS)
def fields_of(model: type[BaseModel]) -> tuple[MarkedField, ...]:
    """Return the fields of a model, in their order."""
    found = []
    for attribute, field in model.model_fields.items():
        sensitive = any(isinstance(mark, Sensitive) for mark in field.metadata)
        hidden = sensitive or _bears_mark(field.annotation)
        found.append(
            MarkedField(
                attribute,
                json_name(attribute, field),
                field.annotation,
                sensitive,
                hidden,
                plain=not hidden and _is_plain(field.annotation),
            )
        )
    return tuple(found)


def _bears_mark(annotation: object) -> bool:
    """Whether a mark stands anywhere inside an annotation, nested models apart."""
    if isinstance(annotation, Sensitive):
        return True
    return any(map(_bears_mark, typing.get_args(annotation)))


def _is_plain(annotation: object) -> bool:
    """Whether a type has no parts; of what is not known here, nothing is taken for granted."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return True
    if origin is typing.Annotated:
        return _is_plain(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return all(map(_is_plain, typing.get_args(annotation)))
    return isinstance(annotation, type) and annotation in _PLAIN

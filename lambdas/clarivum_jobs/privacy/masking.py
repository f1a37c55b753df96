"""What of a payload may be written down: everything but its sensitive fields."""

import typing

from pydantic import BaseModel

from clarivum_jobs.contract.formats import Sensitive
from clarivum_jobs.contract.payload import json_name
from clarivum_jobs.privacy.sensitive import HIDDEN, cleaned_text


def masked(payload: BaseModel) -> dict[str, object]:
    """Return a payload as JSON-like data, each sensitive field replaced as a whole.

    A sensitive value that also stands in another field is hidden there too, as long as it is
    being hidden at the moment.
    """
    shown: dict[str, object] = {}
    for name, field in type(payload).model_fields.items():
        value = getattr(payload, name)
        marked = any(isinstance(mark, Sensitive) for mark in field.metadata)
        hidden = value is not None and (marked or _marks(field.annotation))
        shown[json_name(name, field)] = HIDDEN if hidden else _shown(value)
    return shown


def _marks(annotation: object) -> bool:
    """Whether a mark stands anywhere inside an annotation, nested models apart."""
    if isinstance(annotation, Sensitive):
        return True
    return any(map(_marks, typing.get_args(annotation)))


def _shown(value: object) -> object:
    if isinstance(value, BaseModel):
        return masked(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {cleaned_text(str(name)): _shown(inner) for name, inner in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return cleaned_text(str(value))

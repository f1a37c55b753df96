"""The form of the manifest, looked up in the model: what may stand at a place."""

from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.manifest.model import Manifest
from generator.manifest.positions import Where


def annotation_at(where: Where) -> Any:  # noqa: ANN401 - an annotation can be anything
    """Return the type that the model has at a place; None where it has none."""
    current: Any = Manifest
    for part in where:
        if model_of(current) is not None:
            field = current.model_fields.get(str(part))
            current = without_none(field.annotation) if field else None
        elif get_origin(current) in {list, dict}:
            current = without_none(get_args(current)[-1])
        else:
            return None
    return current


def field_at(where: Where) -> FieldInfo | None:
    """Return the field that a place is the value of; None where it is an item or an entry."""
    parent = model_of(annotation_at(where[:-1])) if where else None
    return parent.model_fields.get(str(where[-1])) if parent else None


def model_of(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - likewise
    """Return the annotation if it is a part of the manifest with keys of its own."""
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None


def inner_model(field: FieldInfo) -> type[BaseModel] | None:
    """Return the part that a field holds, alone or as the items of a list."""
    annotation = without_none(field.annotation)
    if get_origin(annotation) is list:
        annotation = get_args(annotation)[0]
    return model_of(annotation)


def without_none(annotation: Any) -> Any:  # noqa: ANN401 - likewise
    """Return an annotation without `| None`: in the file, a key is there or it is not."""
    if get_origin(annotation) in {Union, UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation

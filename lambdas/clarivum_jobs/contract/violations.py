"""A validation error in words that hold no value of what was validated."""

import types
import typing
from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from clarivum_jobs.contract.payload import json_name

# What pydantic fills into its messages from the schema. A message that is built from anything
# else may quote the input, so only its kind is told.
_FROM_SCHEMA = frozenset(
    {
        "expected",
        "gt",
        "ge",
        "lt",
        "le",
        "multiple_of",
        "min_length",
        "max_length",
        "actual_length",
        "field_type",
        "pattern",
        "class_name",
    },
)

# Messages with a cause from elsewhere that quotes nothing: our own formats, dates, JSON's grammar.
_QUIET = frozenset(
    {
        "value_error",
        "json_invalid",
        "date_parsing",
        "date_from_datetime_parsing",
        "datetime_parsing",
        "datetime_from_date_parsing",
    },
)


def violations(error: ValidationError, model: type[BaseModel]) -> tuple[str, ...]:
    """Return `field: what is wrong` for each problem, in the order of the fields."""
    known = _names(model)
    details = error.errors(include_url=False, include_input=False)
    found = []
    for detail in details:
        kind, context = detail["type"], detail.get("ctx", {})
        telling = kind in _QUIET or context.keys() <= _FROM_SCHEMA
        # A name nobody declared may itself be data, unless the complaint is about the name.
        place = ".".join(
            str(part)
            if isinstance(part, int) or part in known or kind == "extra_forbidden"
            else "*"
            for part in detail["loc"]
        )
        found.append(f"{place or 'payload'}: {detail['msg'] if telling else kind}")
    return tuple(found)


def _names(model: type[BaseModel]) -> frozenset[str]:
    """Return every field name of a model and of the models inside it."""
    waiting, seen = [model], {model}
    names: set[str] = set()
    while waiting:
        for name, field in waiting.pop().model_fields.items():
            names |= {name, json_name(name, field)}
            inner = set(_models(field.annotation)) - seen
            waiting += inner
            seen |= inner
    return frozenset(names)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for argument in typing.get_args(annotation):
        yield from _models(argument)

"""What JSON Schema asks of a value and Python's own types do not say.

Numbers are compared as JSON compares them: 1 and 1.0 are one number, true is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    GetCoreSchemaHandler,
    JsonValue,
    Strict,
    ValidationInfo,
)
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

_EXACT_IN_A_FLOAT = 2**53


def same_value(value: object) -> object:
    """Return something hashable that is equal for equal JSON values, and only for those."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list | tuple):
        return ("array", tuple(map(same_value, value)))
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return ("object", frozenset((name, same_value(inner)) for name, inner in value.items()))
    return value


def _whole(value: object) -> object:
    """Write a whole number as such, by its digits: 1e23 is a one and 23 noughts.

    What a float holds is the binary number beside it, which may be no multiple of what that is.
    """
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value


def one_spelling(value: T) -> T | int:
    """Write a whole number as such, where that changes nothing: equal numbers, equal keys."""
    if isinstance(value, float) and abs(value) < _EXACT_IN_A_FLOAT and value.is_integer():
        return int(value)
    return value


def _different(value: object) -> object:
    if isinstance(value, list | tuple):
        seen = {same_value(item) for item in value}
        if len(seen) < len(value):
            message = "must not list a value twice"
            raise ValueError(message)
    return value


def exact_remainder(value: float, step: float) -> Fraction:
    """Return what is left of a number after whole steps, both taken as they are written."""
    return Fraction(Decimal(str(value))) % Fraction(Decimal(str(step)))


Integer: TypeAlias = Annotated[int, BeforeValidator(_whole)]
"""A whole number; JSON may write it with a point, as 1.0."""

Number: TypeAlias = Annotated[int | float, BeforeValidator(one_spelling)]
"""A number. Whole ones stay exact at any size."""

Anything: TypeAlias = JsonValue
"""Any JSON value."""

Items: TypeAlias = Annotated[tuple[T, ...], Strict(False)]  # noqa: FBT003 - as pydantic has it
"""A list, kept as a tuple."""

DistinctItems: TypeAlias = Annotated[Items[T], BeforeValidator(_different)]
"""A list that holds no value twice."""


@dataclass(frozen=True, slots=True)
class MultipleOf:
    """Marks a number that is a multiple of `step`, exactly, in decimal."""

    step: float

    def __get_pydantic_core_schema__(
        self,
        source: Any,  # noqa: ANN401 - as pydantic has it
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Check after everything else about the number."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: float) -> float:
        if exact_remainder(value, self.step):
            message = f"must be a multiple of {self.step}"
            raise ValueError(message)
        return value


@dataclass(frozen=True, slots=True)
class Exactly:
    """Marks a `Literal` that holds more than text: pydantic alone takes true for 1, and not 1.0."""

    def __get_pydantic_core_schema__(
        self,
        source: Any,  # noqa: ANN401 - as pydantic has it
        _handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Stand for the whole type."""
        return _one_of(list(_listed(source)))


class OneOf:
    """Marks a value that equals one of some JSON values, and is taken as spelt here."""

    def __init__(self, values: Sequence[JsonValue]) -> None:
        """Allow `values`."""
        self._values = list(values)

    def __get_pydantic_core_schema__(
        self,
        _source: Any,  # noqa: ANN401 - as pydantic has it
        _handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Stand for the whole type."""
        return _one_of(self._values)


def _listed(annotation: Any) -> Iterator[JsonValue]:  # noqa: ANN401 - any annotation
    """Yield the values of a literal type, or of several and None."""
    if annotation is NoneType:
        yield None
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            yield from _listed(part)


def _one_of(values: Sequence[JsonValue]) -> CoreSchema:
    known = {same_value(value): value for value in values}

    def check(value: object) -> JsonValue:
        try:
            return known[same_value(value)]
        except (KeyError, TypeError):
            message = "is not one of the values the contract lists"
            raise ValueError(message) from None

    return core_schema.no_info_plain_validator_function(check)


@dataclass(frozen=True, slots=True)
class NeverNull:
    """Marks what is None only where it was left out; see `Omittable`."""

    def __get_pydantic_core_schema__(
        self,
        source: Any,  # noqa: ANN401 - as pydantic has it
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        """Check after everything else about the value."""
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def _check(self, value: T, info: ValidationInfo) -> T:
        if value is None and info.mode == "json":
            message = "must be left out or have a value, not null"
            raise ValueError(message)
        return value


Omittable: TypeAlias = Annotated[T | None, NeverNull()]
"""What may be left out, and is None then; JSON may not give null for it."""

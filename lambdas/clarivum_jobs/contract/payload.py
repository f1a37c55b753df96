"""The bases of the generated payload models: strict where they are made, closed to surprises."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    ValidationInfo,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

from clarivum_jobs.contract.constraints import NeverNull
from clarivum_jobs.core.errors import InvalidPayloadError

if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)

MOST_MODELS = 256
"""Models about which something is found out once; more than any one function has."""


@dataclass(frozen=True, slots=True)
class JobContract:
    """What producers and workers of one job agree on.

    Attributes:
        name: The job, as in the manifest.
        version: Version of the payload, counted up when old messages can no longer be read.
        key: Payload fields, by their JSON names, whose values tell one piece of work from another.
    """

    name: str
    version: int
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Additional:
    """Marks the field, as `Annotated[Mapping[str, int], Additional()]`, of every other property."""


def json_name(attribute: str, field: FieldInfo) -> str:
    """Return what a field is called in JSON; a property's name may be empty."""
    return attribute if field.alias is None else field.alias


@functools.lru_cache(MOST_MODELS)
def _absentees(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return what may be left out: its name in Python and in JSON, and whether it is never null."""
    return tuple(
        (name, json_name(name, field), any(isinstance(mark, NeverNull) for mark in field.metadata))
        for name, field in model.model_fields.items()
        if not field.is_required() and field.default is None
    )


@functools.lru_cache(MOST_MODELS)
def attributes_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what each field is called in Python, by its name in JSON."""
    return {json_name(name, field): name for name, field in model.model_fields.items()}


# Checkers take a class for a pydantic model by its very metaclass, unless they have a plugin.
@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class _Made(ModelMetaclass):
    """Objects that are made of wrong values raise the error that sending them would raise."""

    if not TYPE_CHECKING:  # a checker knows the fields of each class by itself

        def __call__(self, *values: object, **fields: object) -> object:
            """Make an object of values.

            Raises:
                InvalidPayloadError: They do not fit.
            """
            try:
                return super().__call__(*values, **fields)
            except ValidationError as error:
                from clarivum_jobs.contract.violations import violations  # noqa: PLC0415 - it asks back

                contract = getattr(self, "contract", None)
                name = self.__name__ if contract is None else contract.name
                raise InvalidPayloadError(name, violations(error, self)) from None


class PayloadObject(BaseModel, metaclass=_Made):
    """An object inside a payload.

    Values are not converted, unknown fields are refused, and errors do not quote what was given:
    `InvalidPayloadError` where an object is made of values.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        protected_namespaces=(),
    )

    @model_serializer(mode="wrap")
    def _without_absent_fields(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out what was not given: JSON Schema tells a missing property from null."""
        document: dict[str, Any] = serialise(self)
        for attribute, name, never_null in _absentees(type(self)):
            if getattr(self, attribute) is None and (
                never_null or attribute not in self.model_fields_set
            ):
                document.pop(name, None)
        return document


class OpenObject(PayloadObject):
    """An object with named fields and others: the one field marked `Additional` holds those."""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, given: object, info: ValidationInfo) -> object:
        if info.mode != "json" or not isinstance(given, Mapping):
            return given
        rest = cls._rest()
        names = {json_name(name, field) for name, field in cls.model_fields.items() if name != rest}
        named = {name: value for name, value in given.items() if name in names}
        return {**named, rest: {name: given[name] for name in given if name not in names}}

    @model_serializer(mode="wrap")
    def _without_absent_fields(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """As in the base, with the other properties beside the named ones, as JSON has them."""
        document = super()._without_absent_fields(serialise)
        return {**document.pop(self._rest(), {}), **document}

    @classmethod
    def _rest(cls) -> str:
        return next(
            name
            for name, field in cls.model_fields.items()
            if any(isinstance(mark, Additional) for mark in field.metadata)
        )


class Payload(PayloadObject):
    """What one job is asked to do.

    Attributes:
        contract: The job's name, payload version and key fields.
    """

    contract: ClassVar[JobContract]

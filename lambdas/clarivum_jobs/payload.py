"""The bases of the generated payload models: strict where they are made, closed to surprises."""

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


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


class PayloadObject(BaseModel):
    """An object inside a payload.

    Values are not converted, unknown fields are refused, and errors do not quote what was given.
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
        for name, field in type(self).model_fields.items():
            if not field.is_required() and field.default is None and getattr(self, name) is None:
                document.pop(field.serialization_alias or field.alias or name, None)
        return document


class Payload(PayloadObject):
    """What one job is asked to do.

    Attributes:
        contract: The job's name, payload version and key fields.
    """

    contract: ClassVar[JobContract]

"""JSON to payloads: strict where a message is made, tolerant where it is read."""

import json
from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import ValidationError

from clarivum_jobs.contract.payload import Payload
from clarivum_jobs.contract.violations import violations
from clarivum_jobs.core.errors import InvalidPayloadError

PayloadT = TypeVar("PayloadT", bound=Payload)


def read_strictly(model: type[PayloadT], document: Mapping[str, object]) -> PayloadT:
    """Read a payload that is about to be sent; unknown fields are refused.

    Raises:
        InvalidPayloadError: It does not fit the contract.
    """
    return _read(model, document, "forbid")


def read_tolerantly(model: type[PayloadT], document: Mapping[str, object]) -> PayloadT:
    """Read a payload out of a message; unknown fields are ignored.

    A message may have been sent by older code, which knew a field that is gone, or by newer code.

    Raises:
        InvalidPayloadError: It does not fit the contract.
    """
    return _read(model, document, "ignore")


def _read(
    model: type[PayloadT], document: Mapping[str, object], extra: Literal["forbid", "ignore"]
) -> PayloadT:
    try:
        # Through JSON, where the strict types know that text may stand for a date or a UUID.
        # JSON knows a property by its own name alone, not by the attribute's.
        return model.model_validate_json(
            json.dumps(document, allow_nan=False), extra=extra, by_alias=True, by_name=False
        )
    except ValidationError as error:
        raise InvalidPayloadError(model.contract.name, violations(error, model)) from None
    except (TypeError, ValueError):
        raise InvalidPayloadError(model.contract.name, ("payload: not JSON",)) from None

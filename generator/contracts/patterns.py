"""Patterns, as the payload models will match them: with pydantic's engine, so it is asked.

It has neither look-around nor back references, and takes time linear in the text.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator


def complaint_about(pattern: str) -> str:
    """Return why a pattern cannot be used, empty if it can."""
    from pydantic_core import SchemaError  # noqa: PLC0415 - few payloads have patterns

    try:
        _validator(pattern)
    except SchemaError as error:
        reason = str(error).strip().splitlines()[-1].strip()
        return reason.removeprefix("error:").strip()
    return ""


def matches(text: str, pattern: str) -> bool:
    """Say whether a usable pattern is found in the text."""
    from pydantic_core import ValidationError  # noqa: PLC0415 - few payloads have patterns

    try:
        _validator(pattern).validate_python(text)
    except ValidationError:
        return False
    return True


@cache
def _validator(pattern: str) -> "SchemaValidator":
    from pydantic_core import SchemaValidator, core_schema  # noqa: PLC0415 - as above

    return SchemaValidator(core_schema.str_schema(pattern=pattern))

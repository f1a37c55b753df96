"""Patterns, as the payload models will match them: translated, and with pydantic's engine.

The engine has neither look-around nor back references, and takes time linear in the text.
"""

from functools import cache
from typing import TYPE_CHECKING

from generator.contracts.ecma import PatternError, parse

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator


def complaint_about(pattern: str) -> str:
    """Return why a pattern cannot be used, empty if it can."""
    from pydantic_core import SchemaError  # noqa: PLC0415 - few payloads have patterns

    try:
        _validator(translated(pattern))
    except PatternError as error:
        return str(error)
    except SchemaError as error:
        reason = str(error).strip().splitlines()[-1].strip()
        return reason.removeprefix("error:").strip()
    return ""


@cache
def translated(pattern: str) -> str:
    """Return a pattern in the engine's syntax.

    Raises:
        PatternError: It is broken, or cannot be run.
    """
    return parse(pattern).rust


def matches(text: str, pattern: str) -> bool:
    """Say whether a usable pattern is found in the text."""
    return is_found(text, translated(pattern))


def is_found(text: str, expression: str) -> bool:
    """Say whether an expression in the engine's syntax is found in the text."""
    from pydantic_core import ValidationError  # noqa: PLC0415 - few payloads have patterns

    try:
        _validator(expression).validate_python(text)
    except ValidationError:
        return False
    return True


@cache
def _validator(expression: str) -> "SchemaValidator":
    from pydantic_core import SchemaValidator, core_schema  # noqa: PLC0415 - as above

    return SchemaValidator(core_schema.str_schema(pattern=expression))

"""Whether the run-time's regular expressions can read a pattern."""


def complaint_about(pattern: str) -> str:
    """Return why a pattern cannot be used, empty if it can.

    The payload models match with pydantic's engine, so pydantic is asked; it has no look-around and no back references.
    """
    from pydantic_core import SchemaError, SchemaValidator, core_schema  # noqa: PLC0415 - few payloads have patterns

    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError as error:
        return str(error).strip().splitlines()[-1].removeprefix("error:").strip()
    return ""

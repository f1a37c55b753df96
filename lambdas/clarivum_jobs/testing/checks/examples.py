"""A valid payload for any job, found from its model alone."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from clarivum_jobs.contract.payload import Payload

_TEXTS = (
    "example",
    "someone@example.org",
    "https://example.org/",
    "2026-01-02",
    "2026-01-02T03:04:05Z",
    "00000000-0000-4000-8000-000000000001",
    "a",
    "EX-1",
    "0",
)
_BY_FORMAT = {"uuid": _TEXTS[5], "date": _TEXTS[3], "date-time": _TEXTS[4], "time": "03:04:05Z"}
_TRIES = 200


class NoExampleError(Exception):
    """No payload was found for a model; give one to the check-up yourself."""


def example(model: type[Payload]) -> Payload:
    """Return a payload with the required fields alone.

    Texts whose form the schema does not tell are found by trying.

    Raises:
        NoExampleError: Nothing that was tried is valid.
    """
    schema = model.model_json_schema(by_alias=True)
    choices: dict[str, int] = {}
    for _ in range(_TRIES):
        document = _value(schema, schema.get("$defs", {}), "", choices)
        try:
            return model.model_validate_json(json.dumps(document))
        except ValidationError as error:
            wrong = "/" + "/".join(str(part) for part in error.errors()[0]["loc"])
            found = max((place for place in choices if wrong.startswith(place)), default=None)
            if found is None or choices[found] + 1 >= len(_TEXTS):
                break
            choices[found] += 1
    message = f"no example of {model.__name__} was found"
    raise NoExampleError(message)


def _value(
    schema: Mapping[str, Any], defs: Mapping[str, Any], at: str, choices: dict[str, int]
) -> Any:  # noqa: ANN401
    if "$ref" in schema:
        return _value(defs[schema["$ref"].rpartition("/")[2]], defs, at, choices)
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], defs, at, choices)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    return _typed(schema, defs, at, choices)


def _typed(
    schema: Mapping[str, Any], defs: Mapping[str, Any], at: str, choices: dict[str, int]
) -> Any:  # noqa: ANN401
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        needed = schema.get("required", ())
        return {name: _value(fields[name], defs, f"{at}/{name}", choices) for name in needed}
    if kind == "array":
        items = range(schema.get("minItems", 0))
        return [_value(schema.get("items", {}), defs, f"{at}/{index}", choices) for index in items]
    if kind in {"integer", "number"}:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        return min(low, schema.get("maximum", low))
    return kind == "boolean" or _text(schema, at, choices)


def _text(schema: Mapping[str, Any], at: str, choices: dict[str, int]) -> str:
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    text = _TEXTS[choices.setdefault(at, 0)]
    pattern = schema.get("pattern")
    if pattern and not re.search(pattern, text):
        text = next((each for each in _TEXTS if re.search(pattern, each)), text)
    return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(text) + 999)]

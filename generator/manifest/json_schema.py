"""The JSON Schema of `jobs.yaml`, for editors: made from the model, so that it cannot disagree."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.gate_rules import ALLOWABLE
from generator.manifest.layers import BUILT_IN
from generator.manifest.model import Manifest

_TITLE = "jobs.yaml"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SETTINGS = ("Defaults", "DefaultsOverride", "JobOverride", "Job")
_NAME_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def json_schema() -> str:
    """Return the schema as JSON text."""
    schema = Manifest.model_json_schema()
    for part in _parts(schema):
        _without_null(part)
    definitions = schema["$defs"]
    for name in _SETTINGS:
        _show_defaults(definitions[name]["properties"], BUILT_IN)
    for name in ("Backoff", "Alarms"):
        _show_defaults(definitions[name]["properties"], BUILT_IN[name.lower()])
    definitions["AllowedChange"]["properties"]["rule"]["enum"] = list(ALLOWABLE)
    schema["properties"]["jobs"]["propertyNames"] = {"pattern": _NAME_PATTERN}
    ordered = {"$schema": _DIALECT, **schema, "title": _TITLE}
    return json.dumps(ordered, indent=2, ensure_ascii=False) + "\n"


def _parts(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, dict):
        yield schema
        for part in list(schema.values()):
            yield from _parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _parts(part)


def _without_null(part: dict[str, Any]) -> None:
    """Drop what pydantic says about None: in the file, a key is there or it is not."""
    if isinstance(part.get("title"), str) and "properties" not in part:
        del part["title"]
    if "default" in part and part["default"] is None:
        del part["default"]
    choices = part.get("anyOf")
    if choices and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        if len(rest) == 1:
            del part["anyOf"]
            part.update({**rest[0], **part})


def _show_defaults(properties: dict[str, Any], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in properties and not isinstance(value, dict):
            properties[name]["default"] = value

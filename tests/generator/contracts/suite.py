"""The official JSON Schema Test Suite, read from beside the project, in the subset's spelling."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[3]

SUPPORTED = (
    *("additionalProperties", "const", "default", "enum", "exclusiveMaximum", "exclusiveMinimum"),
    *("format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum"),
    *("multipleOf", "oneOf", "pattern", "properties", "ref", "required", "type", "uniqueItems"),
)
"""The suite's files of the keywords in the subset; `defs` has only a case about the metaschema."""

_EVERY_TYPE = ["null", "boolean", "object", "array", "number", "string"]
_SAYS_WHAT = {"type", "enum", "const", "oneOf", "$ref"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the suite.

    Attributes:
        file: Keyword the file is about.
        group: Description of the schema.
        test: Description of the instance.
        schema: As the suite has it.
        data: The instance.
        valid: What the suite says about it.
    """

    file: str
    group: str
    test: str
    schema: object
    data: object
    valid: bool

    @property
    def id(self) -> tuple[str, str, str]:
        """What names the case."""
        return self.file, self.group, self.test


def directory() -> Path | None:
    """Return where the suite is, None if it is not here."""
    given = os.environ.get("JSON_SCHEMA_TEST_SUITE")
    beside = HERE.parent / "shared" / "data" / "json-schema-test-suite"
    for root in [Path(given)] if given else [beside]:
        for path in (root / "draft2020-12", root / "tests" / "draft2020-12", root):
            if (path / "required.json").is_file():
                return path
    return None


def cases(path: Path) -> Iterator[Case]:
    """Yield every case of every supported keyword."""
    for name in SUPPORTED:
        for group in json.loads((path / f"{name}.json").read_text(encoding="utf-8")):
            for test in group["tests"]:
                yield Case(
                    name,
                    group["description"],
                    test["description"],
                    group["schema"],
                    test["data"],
                    test["valid"],
                )


def format_cases(path: Path, name: str) -> list[Case]:
    """Return the cases of a format that are about text."""
    file = path / "optional" / "format" / f"{name}.json"
    groups = json.loads(file.read_text(encoding="utf-8"))
    return [
        Case(name, group["description"], t["description"], group["schema"], t["data"], t["valid"])
        for group in groups
        for t in group["tests"]
        if isinstance(t["data"], str)
    ]


def as_payload(schema: object) -> dict[str, Any]:
    """Return the schema of a payload whose one property, `value`, has a schema of the suite."""
    spelt = spelt_out(schema)
    definitions = spelt.pop("$defs", {}) if isinstance(spelt, dict) else {}
    payload = {"type": "object", "required": ["value"], "properties": {"value": spelt}}
    return {**payload, "$defs": definitions} if definitions else payload


def spelt_out(schema: Any) -> Any:  # noqa: ANN401 - a schema as JSON has it
    """Say what JSON Schema lets one leave out and the subset wants said; nothing changes meaning.

    No `type` is every type, no `items` any items, no `additionalProperties` any others, and a name
    in `required` is a property that may hold anything.
    """
    if schema == {}:
        return True
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {
        word: _inside(word, value) for word, value in schema.items() if word != "$schema"
    }
    if not _SAYS_WHAT & found.keys():
        if not _constrains(found):
            return {"$defs": found["$defs"], **_anything()} if "$defs" in found else True
        found["type"] = list(_EVERY_TYPE)
    named = found.get("type", [])
    names = named if isinstance(named, list) else [named]
    if "array" in names:
        found.setdefault("items", True)
    if "object" in names:
        found.setdefault("additionalProperties", True)
        for name in found.get("required", []):
            found["properties"] = {name: True, **found.get("properties", {})}
    return found


def _anything() -> dict[str, Any]:
    return {"type": list(_EVERY_TYPE), "items": True, "additionalProperties": True}


def _constrains(schema: Mapping[str, object]) -> bool:
    return bool(schema.keys() - {"$defs", "$comment", "title", "description", "default"})


def _inside(word: str, value: object) -> object:
    if word in ("items", "additionalProperties"):
        return spelt_out(value) if value is not False else value
    if word in ("properties", "$defs") and isinstance(value, dict):
        return {name: spelt_out(schema) for name, schema in value.items()}
    if word == "oneOf" and isinstance(value, list):
        return [spelt_out(schema) for schema in value]
    return value

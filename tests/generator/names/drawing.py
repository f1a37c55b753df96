"""Random manifests whose names and texts are enemies, from a seed that is printed."""

import builtins
import keyword
import random
import re
import sys
from typing import Any

from pydantic import BaseModel

import clarivum_jobs
from clarivum_jobs.contract.payload import Payload
from generator.manifest.types import says_something

_WORDS = (
    *keyword.kwlist,
    *keyword.softkwlist,
    *dir(builtins),
    *dir(BaseModel),
    *dir(type(BaseModel)),
    *dir(Payload),
    *clarivum_jobs.__all__,
    *sorted(sys.stdlib_module_names)[::9],
    *(
        "Config",
        "Annotated",
        "Literal",
        "Mapping",
        "Field",
        "JsonValue",
        "UUID",
        "Worker",
        "handle",
    ),
    *("JobContract", "Omittable", "Uuid", "DateTime", "dt", "datetime", "typing", "pydantic"),
    *("self", "cls", "payload", "context", "lambda_handler", "generated", "handlers", "upcasters"),
    *("additional", "l", "O", "I", "_", "__", "order_id", "orderId", "HTTPServer", "a1", "a_1"),
    *("password", "secret", "token", "api_key", "passwd"),
)
_TEXTS = (
    *("", " ", "-", "$", "$ref", "@type", "a b", "a.b", "a/b", "2nd", "100%", "x" * 130, "-" * 90),
    *(
        "Größe",
        "straße",
        "ﬁle",
        "日本",
        "日本語" * 30,
        "हिन्दी",
        "e\u0301",
        "é",
        "\u0430",
        "Ω",
        "Ⅷ",
        "\u210c",
    ),
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\\\\",
        "\\n",
        "`",
        "``",
        "|",
        "a|b",
        "<b>",
        "&lt;",
        "#",
        "# x",
    ),
    *(
        "${x}",
        "$${x}",
        "$$${x}",
        "%{x}",
        "%%{x}",
        "{x}",
        "{{x}}",
        "\u0007",
        "\u202e",
        "\u200b",
        "\n",
    ),
    *("Args:", "Returns", "Note: this", "noqa", "type: ignore", "# type: ignore", "TODO", "# noqa"),
    *("0.0.0.0", "/tmp/x", "http://example.com", "import os", "fmt: off", "🙂", "a\tb", "end\\"),  # noqa: S104, S108 - what a linter looks for
)
_FORMATS = (
    *("duration", "email", "hostname", "ipv4", "ipv6", "json-pointer", "regex", "uri"),
    "uri-reference",
)
_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def name(chance: random.Random) -> str:
    """Return the name of a property, a definition or a form."""
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(_WORDS)
    if kind < 8:
        return chance.choice(_TEXTS)
    if kind == 8:
        return "".join(chance.choices(_WORDS, k=2)) + chance.choice(("", "_", "Item", "Object"))
    return "".join(chr(_code(chance)) for _ in range(chance.randint(1, 6)))


def text(chance: random.Random) -> str:
    """Return prose."""
    words = [name(chance) for _ in range(chance.randint(1, 14))]
    said = " ".join(words).strip()
    return said if says_something(said) else "Text."


def job_name(chance: random.Random, taken: set[str]) -> str:
    """Return the name of a job that nobody has yet."""
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name(chance)).lower())
    found = words.strip("-")[:40].strip("-")
    if not _KEBAB.fullmatch(found) or found.endswith("-dlq"):
        found = "any-job"
    count = 2
    while (numbered := found if found not in taken else f"{found}-{count}") in taken:
        count += 1
    taken.add(numbered)
    return numbered


def payload(chance: random.Random) -> dict[str, Any]:
    """Return a payload's schema."""
    named = tuple(dict.fromkeys(name(chance) for _ in range(chance.randrange(4))))
    definitions = {each: _definition(chance, named) for each in named}
    schema = _object(chance, named, 0)
    schema["properties"]["key-of-it"] = {"type": "integer"}
    schema["required"] = [*schema.get("required", ()), "key-of-it"]
    return {**schema, "$defs": definitions} if definitions else schema


def _definition(chance: random.Random, known: tuple[str, ...]) -> dict[str, Any]:
    """Return what a name stands for: an object or what holds some, perhaps itself among them."""
    made: dict[str, Any] = _object(chance, known, 1)
    match chance.randrange(6):
        case 0:
            return {**made, "type": ["object", "null"]}
        case 1:
            return {"type": "array", "items": made}
        case 2:
            return {"type": "object", "additionalProperties": made}
        case 3:
            return _forms(chance, known, 1)
        case 4:
            return _inner(chance, known, 1)
        case _:
            return made


def _object(chance: random.Random, known: tuple[str, ...], depth: int) -> dict[str, Any]:
    names = dict.fromkeys(name(chance) for _ in range(chance.randint(0 if depth else 3, 5)))
    properties = {each: _value(chance, known, depth) for each in names}
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    needed = [n for n in names if chance.random() < 0.3 and "default" not in properties[n]]
    if needed:
        schema["required"] = needed
    if chance.random() < 0.3:
        schema["description"] = text(chance)
    if chance.random() < 0.15:
        schema["additionalProperties"] = _inner(chance, known, depth)
    return schema


def _value(chance: random.Random, known: tuple[str, ...], depth: int) -> dict[str, Any]:
    schema = dict(_inner(chance, known, depth))
    if chance.random() < 0.4 and "$ref" not in schema:
        schema["description"] = text(chance)
    if chance.random() < 0.1:
        schema["x-sensitive"] = True
    if schema.get("type") == "string" and "format" not in schema and chance.random() < 0.5:
        schema["default"] = name(chance)
    return schema


def _inner(chance: random.Random, known: tuple[str, ...], depth: int) -> dict[str, Any]:  # noqa: PLR0911 - one return a kind
    kind = chance.randrange(12)
    if kind == 0 and depth < 3:
        return _object(chance, known, depth + 1)
    if kind == 1 and depth < 3:
        return {"type": "array", "items": _inner(chance, known, depth + 1)}
    if kind == 2 and known:
        return {"$ref": f"#/$defs/{_pointer(chance.choice(known))}"}
    if kind == 3:
        return {"enum": list(dict.fromkeys(name(chance) for _ in range(chance.randint(1, 5))))}
    if kind == 4 and depth < 2:
        return _forms(chance, known, depth + 1)
    if kind == 5 and depth < 3:
        return {"type": "object", "additionalProperties": _inner(chance, known, depth + 1)}
    if kind == 6:
        return {"type": "string", "format": chance.choice(_FORMATS)}
    return {"type": chance.choice(("string", "integer", "boolean", "number"))}


def _forms(chance: random.Random, known: tuple[str, ...], depth: int) -> dict[str, Any]:
    tag = name(chance)
    forms = []
    for value in dict.fromkeys(name(chance) for _ in range(chance.randint(2, 3))):
        form = _object(chance, known, depth)
        form["properties"][tag] = {"const": value}
        form["required"] = list(dict.fromkeys([tag, *form.get("required", ())]))
        forms.append(form)
    return {"oneOf": forms}


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def _code(chance: random.Random) -> int:
    while True:
        code = chance.choice((chance.randrange(0x20, 0x7F), chance.randrange(0xA0, 0x3000)))
        if code not in (0x2028, 0x2029):  # line breaks to YAML, unless they are escaped
            return code

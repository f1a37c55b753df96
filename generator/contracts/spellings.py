"""Types as other languages and tools call them, and how JSON Schema says the same."""

from collections.abc import Mapping

_TYPES: Mapping[str, str] = {
    "string": "str text varchar char character",
    "integer": "int int32 int64 long bigint short uint",
    "number": "float double decimal numeric real",
    "boolean": "bool",
    "object": "dict map struct record json hash",
    "array": "list tuple set sequence",
    "null": "none nil",
}
_FORMATS: Mapping[str, str] = {
    "date-time": "datetime timestamp date-time instant",
    "date": "date",
    "time": "time",
    "uuid": "uuid guid uuid4",
    "email": "email mail",
    "uri": "uri url link href",
    "uri-reference": "path relative_uri uri-reference",
    "hostname": "host hostname domain fqdn",
    "ipv4": "ip ipv4 ipaddress ip_address inet",
    "ipv6": "ipv6",
    "json-pointer": "pointer jsonpointer json-pointer",
    "regex": "regex regexp",
    "duration": "duration interval timedelta",
}
_WRITTEN: Mapping[str, str] = {
    **{word: f"type: {name}" for name, words in _TYPES.items() for word in words.split()},
    **{
        word: f"type: string, format: {name}"
        for name, words in _FORMATS.items()
        for word in words.split()
    },
    "any": "",
}


def written_instead(word: object) -> str:
    """Return what to write instead of a type's name from elsewhere; nothing if it is unheard of."""
    name = str(word).lower() if isinstance(word, str) else ""
    plain = name.removesuffix("?").removesuffix("[]")
    if plain == "any":
        return "write `true` in place of the schema: it allows any value"
    said = _WRITTEN.get(plain) or (f"type: {plain}" if plain in _TYPES else "")
    if name.endswith("[]") and said:
        return f"write `type: array, items: {{{said}}}`"
    return f"write `{said}`" if said else ""


def schema_instead(value: object) -> str:
    """Return the schema that is meant by a value in its place, such as the name of a type."""
    if value is None or isinstance(value, bool | int | float):
        return "write `{type: string}`, with the type that its values have"
    said = written_instead(value)
    if not said.startswith("write `type"):
        return said
    return f"write `{{{said.removeprefix('write `').removesuffix('`')}}}`"

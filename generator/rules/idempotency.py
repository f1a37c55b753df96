"""The idempotency key: fields that exist, that every message has, and that equal work shares."""

import re
from collections.abc import Iterator

from generator.contracts import types
from generator.diagnostics import Severity
from generator.manifest.resolved import Job
from generator.manifest.source import Where
from generator.rules.registry import Violation, job_rule
from generator.words import did_you_mean, joined, repeats

_HUMAN = re.compile(
    r"(?:^|[_\W])(?:name|title|label|subject|text|body|note|comment|message|query|search|term|"
    r"keyword|tag|city|town|street|address|country|company|author|artist|description)s?(?:$|[_\W])"
)
"""Names of text that people write; ids and codes are written by machines, in one way."""

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OF_FORMAT = {
    types.Format.EMAIL: "an address, whose host may be written in capitals or not",
    types.Format.URI: "a URI, whose scheme and host may be written in capitals or not",
    types.Format.URI_REFERENCE: "a URI, whose scheme and host may be written in capitals or not",
    types.Format.HOSTNAME: "a host name, which may be written in capitals or not",
    types.Format.IPV6: "an address, and ::1 is 0:0:0:0:0:0:0:1",
    types.Format.DURATION: "a duration, and PT60M is PT1H",
}


@job_rule(
    "key-field",
    what="Each key field is a property of the payload, named once.",
    why="The key is computed from the payload's values and nothing else.",
    remedy="name properties of the payload",
    source="our own producer",
)
def key_field(job: Job) -> Iterator[Violation]:
    """Judge the names in the key."""
    known = [field.name for field in job.payload.fields]
    properties, repeated = set(known), set(repeats(job.key))
    for index, name in enumerate(job.key):
        where = (*_key(job), index)
        if name not in properties:
            hint = did_you_mean(name, known)
            hint = hint or (f"the payload has {joined(known)}" if known else "give the payload one")
            yield Violation(where, f"the payload has no property `{name}`", hint)
        elif index in repeated:
            yield Violation(where, f"`{name}` is named twice", "name it once")


@job_rule(
    "key-always-present",
    what="Each key field is required or has a default.",
    why="Messages without it would share one key, and all but the first would be skipped.",
    remedy="add it to `required`, or give it a `default`",
    source="our own producer",
)
def key_always_present(job: Job) -> Iterator[Violation]:
    """Judge whether every message has a value for the key."""
    for index, field in _fields(job):
        if not field.always_present:
            yield Violation((*_key(job), index), f"`{field.name}` may be missing from a payload")


@job_rule(
    "key-null",
    what="At least one key field is never null.",
    why="Messages whose key fields are all null share one key: all but the first would be skipped, "
    "whatever else they hold.",
    remedy="take `null` from one of the types, or add a field to the key that is never null",
    source="our own producer; powertools-lambda-python #2465",
    severity=Severity.WARNING,
)
def key_null(job: Job) -> Iterator[Violation]:
    """Judge whether a payload can have a key of nulls alone."""
    fields = [field for _, field in _fields(job)]
    if fields and all("null" in types.kinds_of(field.type) for field in fields):
        names = joined(field.name for field in fields)
        several = "may all be null at once" if len(fields) > 1 else "may be null"
        yield Violation(_key(job), f"{names} {several}")


@job_rule(
    "key-exact",
    what="Equal values of a key field are written alike.",
    why="One value in two spellings makes two keys, and the effect happens twice: a fraction that "
    "was computed, a host in capitals, a duration in other units, an accent in another form of "
    "Unicode.",
    remedy="use an id, an integer, or text that a `pattern` of ASCII holds",
    source="RFC 8259, numbers; RFC 3986, 6.2.2.1; ISO 8601-1, durations; Unicode annex 15",
    severity=Severity.WARNING,
)
def key_exact(job: Job) -> Iterator[Violation]:
    """Judge whether equal values are always written alike, inside of lists and maps too."""
    for index, field in _fields(job):
        said = next(_spellings(field.name, field.type, set()), "")
        if said:
            yield Violation((*_key(job), index), f"`{field.name}` {said}")


def _key(job: Job) -> Where:
    return ("jobs", job.name, "idempotency", "key")


def _fields(job: Job) -> Iterator[tuple[int, types.Field]]:
    """Yield the place in the key and the property of each key field that there is."""
    by_name = {field.name: field for field in job.payload.fields}
    for index, name in enumerate(job.key):
        if name in by_name:
            yield index, by_name[name]


def _spellings(name: str, kind: types.Type, seen: set[str]) -> Iterator[str]:
    """Yield why equal values of a type can differ in their spelling; no definition twice."""
    match kind:
        case types.Number(integer=False):
            yield "can have a fraction"
        case types.Anything():
            yield "can hold anything, fractions and texts among it"
        case types.String(format=form) if form in _OF_FORMAT:
            yield f"holds {_OF_FORMAT[form]}"
        case types.String(pattern=None, format=None) if _is_human(name):
            yield "is text that people write, and Unicode has two forms of an accented letter"
        case types.Reference(target_name) if target_name not in seen:
            seen.add(target_name)
            yield from _spellings(name, types.followed(kind), seen)
        case types.Object() | types.Array() | types.Union():
            for inner_name, part in _parts(name, kind):
                yield from _spellings(inner_name, part, seen)


def _parts(name: str, kind: types.Type) -> Iterator[tuple[str, types.Type]]:
    """Yield the types that one is made of, each with the nearest name that says what it holds."""
    named = {id(field.type): field.name for field in getattr(kind, "fields", ())}
    for part in types.parts_of(kind):
        yield named.get(id(part), name), part


def _is_human(name: str) -> bool:
    return _HUMAN.search(_WORD_START.sub("_", name).lower()) is not None

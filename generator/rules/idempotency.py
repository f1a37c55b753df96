"""The idempotency key: fields that exist and that every message has."""

from collections.abc import Iterator

from generator.contracts.types import Number
from generator.diagnostics import Severity
from generator.manifest.resolved import Job
from generator.rules.registry import Violation, job_rule
from generator.words import did_you_mean, joined, repeats


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
    repeated = set(repeats(job.key))
    for index, name in enumerate(job.key):
        where = ("jobs", job.name, "idempotency", "key", index)
        if job.payload.field(name) is None:
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
    for index, name in enumerate(job.key):
        field = job.payload.field(name)
        if field is not None and not field.always_present:
            where = ("jobs", job.name, "idempotency", "key", index)
            yield Violation(where, f"`{name}` may be missing from a payload")


@job_rule(
    "key-exact",
    what="No key field is a number with a fraction.",
    why="1 and 1.0 are equal but written differently, so they would make two keys for one effect.",
    remedy="use an integer, or text",
    source="RFC 8259, numbers",
    severity=Severity.WARNING,
)
def key_exact(job: Job) -> Iterator[Violation]:
    """Judge whether equal values are always written alike."""
    for index, name in enumerate(job.key):
        field = job.payload.field(name)
        if field is not None and isinstance(field.type, Number) and not field.type.integer:
            where = ("jobs", job.name, "idempotency", "key", index)
            yield Violation(where, f"`{name}` can have a fraction")

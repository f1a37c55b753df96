"""Environment variables and placeholders."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from operator import eq

from generator.manifest import placeholders
from generator.manifest.resolved import Worker
from generator.manifest.source import Where
from generator.rules.limits import LARGEST_ENVIRONMENT, ROOM_FOR_PLATFORM
from generator.rules.longest import environment, largest
from generator.rules.registry import Violation, Whole, whole_rule, worker_rule
from generator.words import joined

RESERVED_PREFIXES = ("AWS_", "LAMBDA_", "JOB_", "JOBS_", "POWERTOOLS_")
RESERVED = ("_HANDLER", "_X_AMZN_TRACE_ID", "TZ", "PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")


@worker_rule(
    "variable-name",
    what="A variable's name is letters, digits and underscores, and nobody else's.",
    why="Lambda refuses other names and reserves some; the runtime reads its settings from others.",
    remedy="use a name such as `SITE_BUCKET`",
    source="botocore: lambda, EnvironmentVariableName; cfn-lint E3663",
)
def variable_name(worker: Worker) -> Iterator[Violation]:
    """Judge the names of a job's variables."""
    for name in worker.variables:
        where = worker.where(f"variables.{name}")
        taken = next((prefix for prefix in RESERVED_PREFIXES if name.startswith(prefix)), "")
        if taken or name in RESERVED:
            owner = f"names that begin with `{taken}` belong" if taken else "it belongs"
            message = f"`{name}` is reserved: {owner} to Lambda and the runtime"
            yield Violation(where, message, "rename it", key=True)
        elif not _NAME.fullmatch(name):
            yield Violation(where, f'"{name}" is not a usable variable name', key=True)


@worker_rule(
    "variable-value",
    what="A variable's value has no NUL character.",
    why="No process can be given one in its environment: the function would not start.",
    remedy="leave it out, or write the value in base64",
    source="POSIX, environment variables: values end at the first NUL",
)
def variable_value(worker: Worker) -> Iterator[Violation]:
    """Judge the text of a job's variables."""
    for name, parts in worker.variables.items():
        if any(isinstance(part, str) and "\0" in part for part in parts):
            message = f"the value of `{name}` has a NUL character"
            yield Violation(worker.where(f"variables.{name}"), message)


@whole_rule(
    "variables-size",
    what="A function's environment variables take at most 4,096 bytes, those of the modules "
    "included.",
    why="Lambda refuses more at apply. The ARN of each secret and the name of each job that is "
    "enqueued are among them.",
    remedy="keep large values in a file of the handler, or in a parameter; join secrets into one",
    source="Lambda developer guide, quotas: 4 KB of environment variables",
)
def variables_size(whole: Whole) -> Iterator[Violation]:
    """Judge the size of names and values together, the modules' own among them."""
    allowed = LARGEST_ENVIRONMENT - ROOM_FOR_PLATFORM
    for worker, size in largest(whole, lambda worker: sum(_sizes(worker).values())):
        if size > allowed:
            sizes = _sizes(worker)
            given = sum(sizes[name] for name in worker.variables)
            message = (
                f"the variables take {given:,} bytes and those of the modules up to "
                f"{size - given:,}, {allowed:,} are free for both"
            )
            parts = {
                "variables": given,
                "secrets": sizes["JOB_SECRETS"],
                "enqueues": sizes.get("JOBS_ENQUEUES", 0),
            }
            field = max(parts, key=parts.__getitem__)
            yield Violation(("jobs", worker.job.name, field), message, key=True)


def _sizes(worker: Worker) -> dict[str, int]:
    """Return the bytes of each variable, its name included."""
    return {
        name: len(name.encode()) + len(value.encode())
        for name, value in environment(worker).items()
    }


@whole_rule(
    "placeholder",
    what="Braces hold one of the known placeholders, or are doubled.",
    why="An unknown placeholder would reach the worker as it stands.",
    remedy=f"use {joined('{' + name + '}' for name in placeholders.NAMES)}; "
    "write {{ and }} for braces themselves",
    source="the manifest's own form",
)
def placeholder(whole: Whole) -> Iterator[Violation]:
    """Judge the text of every variable and every permission's resource."""
    known = dict.fromkeys(("project", "environment"), "")
    for where, text in _texts(whole):
        try:
            placeholders.parse(text, known)
        except placeholders.PlaceholderError as error:
            yield Violation(where, str(error))


@whole_rule(
    "normal-form",
    what="The text of variables and resources is in Unicode's normal form C.",
    why="Terraform puts every text into it: the worker, or IAM, would get other characters.",
    remedy="write composed characters; if the others are meant, keep the text in a file",
    source="Terraform, go-cty: strings are kept in normal form C",
)
def normal_form(whole: Whole) -> Iterator[Violation]:
    """Judge the text of every variable and every permission's resource."""
    for where, text in _texts(whole):
        if not unicodedata.is_normalized("NFC", text):
            composed = unicodedata.normalize("NFC", text)
            at = sum(1 for _ in takewhile(bool, map(eq, text, composed)))
            message = f"{text[at : at + 2]!a} would become {composed[at : at + 1]!a}"
            yield Violation(where, message)


def _texts(whole: Whole) -> Iterator[tuple[Where, str]]:
    written = whole.written
    yield from _variables(("defaults",), written.defaults.variables)
    for name, override in written.defaults.environments.items():
        yield from _variables(("defaults", "environments", name), override.variables)
    for job_name, job in written.jobs.items():
        where = ("jobs", job_name)
        yield from _variables(where, job.variables)
        for name, own in job.environments.items():
            yield from _variables((*where, "environments", name), own.variables)
        for index, permission in enumerate(job.permissions):
            place = (*where, "permissions", index)
            for number, resource in enumerate(permission.resources):
                yield (*place, "resources", number), resource
            for operator, keys in permission.conditions.items():
                for key, values in keys.items():
                    for number, value in enumerate(values):
                        yield (*place, "conditions", operator, key, number), value


def _variables(where: Where, variables: dict[str, str] | None) -> Iterator[tuple[Where, str]]:
    for name, text in (variables or {}).items():
        yield (*where, "variables", name), text

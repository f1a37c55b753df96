"""A parsed document to a `Manifest`: pydantic judges, this module says it in our words."""

from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from generator.diagnostics import Finding
from generator.manifest.model import Manifest
from generator.manifest.source import Source, Where
from generator.words import did_you_mean, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
    "model_attributes_type": "a map",
}


MOST_WORKERS = 100_000
"""Jobs times environments: each takes some kilobytes, and some milliseconds of the rules' time."""

MOST_GUESSES = 1000
"""Near misses take time to find, and nobody reads so many."""


def read(source: Source) -> tuple[Manifest | None, list[Finding]]:
    """Return the manifest and what is wrong with it.

    Jobs that are broken are left out of the manifest, so that the others are still judged;
    there is no manifest only if something outside the jobs is broken.
    """
    document = source.value
    manifest, details = _validate(document)
    findings = [
        _finding(source, detail, guess=number < MOST_GUESSES)
        for number, detail in enumerate(details)
    ]
    broken = {detail["loc"][1] for detail in details if _inside_a_job(detail["loc"])}
    if (
        manifest is None
        and isinstance(document, dict)
        and all(_inside_a_job(d["loc"]) for d in details)
    ):
        jobs = document["jobs"]
        assert isinstance(jobs, dict)
        sound = {name: job for name, job in jobs.items() if name not in broken}
        manifest, _ = _validate({**document, "jobs": sound})
    if manifest is not None and len(manifest.jobs) * len(manifest.environments) > MOST_WORKERS:
        message = (
            f"{len(manifest.jobs):,} jobs in {len(manifest.environments):,} environments "
            f"are more than {MOST_WORKERS:,} workers"
        )
        hint = "list the environments that there are, or split the manifest into several projects"
        return None, [*findings, source.finding(("environments",), "worker-count", message, hint)]
    return manifest, findings


def _validate(document: object) -> tuple[Manifest | None, list["ErrorDetails"]]:
    try:
        return Manifest.model_validate(document), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _inside_a_job(loc: tuple[int | str, ...]) -> bool:
    return len(loc) > 1 and loc[0] == "jobs"


def _finding(  # noqa: PLR0911 - one return a kind of error
    source: Source, detail: "ErrorDetails", *, guess: bool
) -> Finding:
    where: Where = detail["loc"]
    kind = detail["type"]
    name = where[-1] if where else ""
    if kind == "extra_forbidden":
        known = _known_keys(where[:-1])
        meant = did_you_mean(str(name), known) if guess else ""
        hint = meant or f"known here: {', '.join(known)}"
        return source.finding(where, "unknown-key", f"unknown key `{name}`", hint, key=True)
    if kind == "missing":
        message = f"`{name}` is missing"
        return source.finding(where[:-1], "missing-key", message, _meaning(where), key=True)
    if kind in _TYPES:
        message = f"{_label(where)} must be {_TYPES[kind]}, not {shown(detail['input'])}"
        return source.finding(where, "wrong-type", message, _meaning(where))
    context = detail.get("ctx", {})
    if kind == "duration":
        message = f"{_label(where)} is not a duration: {shown(detail['input'])}"
        return source.finding(where, "duration", message, str(context["hint"]))
    if kind == "literal_error":
        message = f"{_label(where)} must be {context['expected']}, not {shown(detail['input'])}"
        return source.finding(where, "wrong-value", message)
    if kind == "too_short":
        message = f"{_label(where)} must list at least one"
        return source.finding(where, "wrong-value", message, _meaning(where))
    if kind == "string_too_short":
        return source.finding(where, "wrong-value", f"{_label(where)} is empty", _meaning(where))
    message = f"{_label(where)}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return source.finding(where, "wrong-value", message, _meaning(where))


def _label(where: Where) -> str:
    names = [f"`{part}`" for part in where if isinstance(part, str)]
    return names[-1] if names else "the manifest"


def _known_keys(where: Where) -> list[str]:
    model = _annotation(where)
    return (
        list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
    )


def _meaning(where: Where) -> str:
    parent = _annotation(where[:-1]) if where else None
    if (
        isinstance(parent, type)
        and issubclass(parent, BaseModel)
        and where[-1] in parent.model_fields
    ):
        return parent.model_fields[str(where[-1])].description or ""
    return ""


def _annotation(where: Where) -> Any:  # noqa: ANN401 - an annotation can be anything
    """Return the type that the model has at a place; None where it has none."""
    current: Any = Manifest
    for part in where:
        if isinstance(current, type) and issubclass(current, BaseModel):
            field = current.model_fields.get(str(part))
            current = _without_none(field.annotation) if field else None
        elif get_origin(current) in {list, dict}:
            current = _without_none(get_args(current)[-1])
        else:
            return None
    return current


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - likewise
    if get_origin(annotation) in {Union, UnionType}:
        return next(arg for arg in get_args(annotation) if arg is not type(None))
    return annotation

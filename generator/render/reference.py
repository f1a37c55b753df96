"""`docs/manifest.md`: every key of the manifest, from the model, the defaults and the ranges."""

from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.manifest.flow import flow
from generator.manifest.form import model_of, without_none
from generator.manifest.layers import BUILT_IN
from generator.manifest.model import (
    Account,
    Alarms,
    Allowance,
    AllowedChange,
    Backoff,
    CommonSettings,
    Defaults,
    DefaultsOverride,
    Expected,
    FormerName,
    Idempotency,
    Job,
    JobOverride,
    Lifecycle,
    Manifest,
    Permission,
    Retention,
    Schedule,
)
from generator.manifest.types import Duration
from generator.render.environment import fill
from generator.render.markdown import code, table
from generator.rules.limits import (
    LARGEST_ENVIRONMENT,
    LARGEST_ROLE_POLICIES,
    LOG_RETENTION_DAYS,
    LONGEST_DESCRIPTION,
    LONGEST_TAG,
)
from generator.rules.ranges import RANGES

_PARTS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("The file", Manifest, "The keys at the top of `jobs.yaml`."),
    ("account", Account, "Under `account`."),
    ("Settings", CommonSettings,
     "What `defaults`, a job, and an environment of either may set."),
    ("defaults", Defaults, "Under `defaults`, beside the settings above."),
    ("Environments of defaults", DefaultsOverride,
     "Under `defaults.environments.<name>`, beside the settings above."),
    ("jobs", Job, "Under `jobs.<name>`, beside the settings above."),
    ("Environments of a job", JobOverride,
     "Under `jobs.<name>.environments.<name>`, beside the settings above."),
    ("idempotency", Idempotency, "Under `idempotency` of a job."),
    ("idempotency of defaults and environments", Retention,
     "Under `idempotency` of `defaults`, and of any environment: the key is the job's alone."),
    ("schedule", Schedule, "Each item of `schedule`. One of `cron`, `rate` and `at` is given."),
    ("backoff", Backoff, "Under `backoff`, wherever settings stand."),
    ("alarms", Alarms, "Under `alarms`, wherever settings stand."),
    ("expected", Expected,
     "Under `expected`, wherever settings stand: what a pull request's costs are estimated from."),
    ("lifecycle", Lifecycle, "Under `lifecycle` of a job, or of one of its environments."),
    ("renamed_from", FormerName, "Each item of `renamed_from` of a job."),
    ("permissions", Permission, "Each item of `permissions` of a job."),
    ("allow", Allowance, "Each item of `allow`, of a job or at the top."),
    ("allowed_changes", AllowedChange,
     "Each item of `allowed_changes`: what `compat` says, and what is done all the same."),
)  # fmt: skip
_BOUNDS = {bounds.field: bounds for bounds in RANGES}
_NESTED = {Backoff: "backoff", Alarms: "alarms"}
_ALLOWED = {
    "manifest.project": "lower-case words joined by hyphens",
    "manifest.environments": "lower-case words, each once",
    "runtime": "a Python of Lambda that still gets fixes",
    "reserved_concurrency": "`concurrency` or more, one more if it is scheduled",
    "log_retention": ", ".join(f"{days}d" for days in LOG_RETENTION_DAYS),
    "variables": f"{LARGEST_ENVIRONMENT:,} bytes with the modules' own",
    "idempotency.retention": "both retentions together, or more",
    "retention.retention": "both retentions together, or more",
    "job.description": f"1 to {LONGEST_DESCRIPTION} characters",
    "job.owner": f"1 to {LONGEST_TAG} characters of a tag",
    "job.permissions": f"{LARGEST_ROLE_POLICIES:,} characters with the modules' own",
    "job.secrets": "letters, digits and `/_+=.@-`, each once",
    "job.enqueues": "jobs of this manifest, each once",
    "idempotency.key": "properties that are always present, each once",
    "schedule.name": "letters, digits and `._-`",
    "schedule.rate": "a number, and minute(s), hour(s) or day(s)",
    "schedule.at": "date and time to the second, without an offset",
    "schedule.timezone": "a name such as Europe/Berlin, or UTC",
    "permission.actions": "`service:Action`",
    "permission.resources": "ARNs",
    "permission.conditions": "IAM's operators and keys",
    "allowance.rule": "a warning of [the rules](rules.md)",
    "allowedchange.rule": "a rule of [the gate](rules.md#the-gate)",
    "allowedchange.job": "a job of this manifest, or of the one before",
    "allowedchange.until": "a day of the calendar",
}
"""What may be written where neither a range nor the model says it; the rules judge it."""

_UNITS = {"memory_size": "MB", "ephemeral_storage": "MB"}
_NAMES = {str: "text", int: "whole number", bool: "true or false"}


_HEAD = ("key", "type", "default", "allowed", "example", "meaning")


def reference() -> str:
    """Return the document about every key."""
    parts = [(title, intro, table(_HEAD, _rows(model))) for title, model, intro in _PARTS]
    return fill("reference.md.j2", parts=parts)


def _rows(model: type[BaseModel]) -> list[tuple[str, ...]]:
    """Return a row for each key of a part; those of the settings have a section of their own."""
    is_special = issubclass(model, CommonSettings) and model is not CommonSettings
    shared = CommonSettings.model_fields if is_special else ()
    return [
        _row(model, name, field) for name, field in model.model_fields.items() if name not in shared
    ]


def _row(model: type[BaseModel], name: str, field: FieldInfo) -> tuple[str, ...]:
    path = name if model is CommonSettings else f"{model.__name__.lower()}.{name}"
    return (
        code(name),
        _type_of(without_none(field.annotation)) + (f", {_UNITS[name]}" if name in _UNITS else ""),
        _default(model, name, field),
        _allowed(path, field),
        code(f"{name}: {flow(field.examples[0])}") if field.examples else "",
        field.description or "",
    )


def _type_of(annotation: Any) -> str:  # noqa: ANN401 - an annotation can be anything
    if annotation == Duration:
        return "duration"
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        return "list of maps" if model_of(inner) else f"list of {_type_of(inner)}s"
    if get_origin(annotation) is dict or model_of(annotation):
        return "map"
    return _NAMES.get(annotation, "any")


def _default(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    built_in = BUILT_IN[_NESTED[model]] if model in _NESTED else BUILT_IN
    if field.is_required():
        return "required"
    settings = model in _NESTED or model is CommonSettings
    if name in {"visibility_timeout", "retention", "oldest_message"}:
        return "derived"
    if settings and name in built_in:
        return code(flow(built_in[name]))
    given = field.get_default(call_default_factory=True)
    return "" if given in (None, [], {}) or isinstance(given, BaseModel) else code(flow(given))


def _allowed(path: str, field: FieldInfo) -> str:
    if path in _BOUNDS:
        bounds = _BOUNDS[path]
        return f"{bounds.text(bounds.low)} to {bounds.text(bounds.high)}"
    if path in _ALLOWED:
        return _ALLOWED[path]
    annotation = without_none(field.annotation)
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    least = next((item.ge for item in field.metadata if hasattr(item, "ge")), None)
    return "" if least is None else f"{least} or more"

"""Changes after which equal work has two keys: of the fields, their defaults, their spelling."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from generator import gate_rules
from generator.compat.verdict import Verdict, verdict
from generator.contracts import types
from generator.contracts.equality import same_value
from generator.contracts.types import NO_DEFAULT
from generator.manifest.resolved import Job
from generator.manifest.source import Source

Path: TypeAlias = tuple[str, ...]

_OF_ONE_FORM = {types.Format.UUID, types.Format.DATE_TIME, types.Format.TIME}
"""Text that a key holds in one spelling, whichever it was sent in."""


def verdicts(source: Source, old: Job, new: Job) -> Iterator[Verdict]:
    """Yield what a change does to the identity of work: nothing is lost, but done twice."""
    if old.key != new.key:
        message = f"the key of `{new.name}` was made of {list(old.key)}, now of {list(new.key)}"
        where = ("jobs", new.name, "idempotency", "key")
        yield verdict(source, gate_rules.KEY, new.name, where, message, warning=True)
    for name in new.key:
        before, after = old.payload.field(name), new.payload.field(name)
        if before is not None and after is not None and name in old.key:
            yield from _of_field(source, new, before, after)


def _of_field(
    source: Source, job: Job, before: types.Field, after: types.Field
) -> Iterator[Verdict]:
    where = ("jobs", job.name, "payload", "properties", after.name)
    was, now = dict(_defaults(before)), dict(_defaults(after))
    for path in sorted({*was, *now}):
        if not _same(was.get(path, NO_DEFAULT), now.get(path, NO_DEFAULT)):
            message = (
                f"the default of the key's `{'.'.join(path)}` was "
                f"{_said(was.get(path, NO_DEFAULT))}, now it is {_said(now.get(path, NO_DEFAULT))}"
            )
            yield verdict(source, gate_rules.KEY_DEFAULT, job.name, where, message, warning=True)
    forms, others = _forms(before.type), _forms(after.type)
    for path in sorted({*forms, *others}):
        if forms.get(path) != others.get(path):
            message = (
                f"the key's `{'.'.join((after.name, *path))}` was {_form(forms.get(path))}, "
                f"now it is {_form(others.get(path))}"
            )
            yield verdict(source, gate_rules.KEY_SPELLING, job.name, where, message, warning=True)


def _defaults(field: types.Field) -> Iterator[tuple[Path, object]]:
    """Yield the default of a property, and of those inside it, with the way there."""
    yield (field.name,), field.default
    for path, part in _parts(field.type):
        if isinstance(part, types.Object):
            for inner in part.fields:
                if inner.default is not NO_DEFAULT:
                    yield (field.name, *path, inner.name), inner.default


def _forms(kind: types.Type) -> Mapping[Path, types.Format]:
    """Return where in a value there is text that a key holds in one spelling."""
    return {
        path: part.format
        for path, part in _parts(kind)
        if isinstance(part, types.String) and part.format in _OF_ONE_FORM
    }


def _parts(kind: types.Type) -> Iterator[tuple[Path, types.Type]]:
    """Yield a type and all that it is made of, each definition once, with the way there."""
    waiting: list[tuple[Path, types.Type]] = [((), kind)]
    entered: set[str] = set()
    while waiting:
        path, part = waiting.pop()
        while isinstance(part, types.Reference) and part.name not in entered:
            entered.add(part.name)
            part = part.target
        yield path, part
        match part:
            case types.Union(members):
                waiting += [(path, member) for member in members]
            case types.Array(items):
                waiting.append(((*path, "[]"), items))
            case types.Object(fields, _, additional):
                waiting += [((*path, field.name), field.type) for field in fields]
                if additional is not None:
                    waiting.append(((*path, "*"), additional))


def _same(before: object, after: object) -> bool:
    """Say whether two defaults are one JSON value, or both are none."""
    if NO_DEFAULT in (before, after):
        return before is after
    return same_value(before) == same_value(after)


def _said(default: object) -> str:
    return "none" if default is NO_DEFAULT else json.dumps(default, ensure_ascii=False)


def _form(form: types.Format | None) -> str:
    if form is None:
        return "text, taken as it is"
    return f"a `{form.value}`, which has one spelling"

"""Keys that do not belong where they stand: what they are called here, or where they belong.

One slip of the indent moves many keys at once, and is told once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.contracts.keywords import ANNOTATIONS, AT_THE_TOP, BY_TYPE, WITHOUT_TYPE
from generator.contracts.spellings import schema_instead
from generator.diagnostics import Finding
from generator.manifest.amends import example_of
from generator.manifest.flow import entry
from generator.manifest.form import annotation_at, inner_model, model_of, without_none
from generator.manifest.model import CommonSettings, Job, Manifest
from generator.manifest.source import Source, Where
from generator.manifest.vocabulary import instead
from generator.words import did_you_mean, joined

_SCHEMA_WORDS = frozenset().union(*BY_TYPE.values(), WITHOUT_TYPE, AT_THE_TOP, {"type"})
_TELLING = frozenset({"payload", "idempotency", "owner", "schedule"})
"""A map with one of these keys is meant as a job."""


@dataclass(slots=True)
class Strays:
    """A walk through a document.

    Attributes:
        source: The manifest.
        findings: What was found.
        explained: Places that are wrong for a reason that a finding has named.
    """

    source: Source
    findings: list[Finding] = field(default_factory=list)
    explained: set[Where] = field(default_factory=set)

    def without(self, value: object, annotation: Any, where: Where = ()) -> object:  # noqa: ANN401
        """Return a part of the document without its strays; the same if it has none."""
        model = model_of(annotation)
        if isinstance(value, dict) and model is not None:
            value = self._part(value, model, where)
            inner = {name: without_none(f.annotation) for name, f in model.model_fields.items()}
            return _changed(value, lambda key, v: self.without(v, inner[key], (*where, key)))
        if isinstance(value, dict) and get_origin(annotation) is dict:
            of_values = get_args(annotation)[1]
            if of_values is Job:
                value = self._beside_their_job(value, where)
            if where[-1:] == ("payload",) and where[:1] == ("jobs",):
                return self._payload(value, where)
            return _changed(value, lambda key, v: self.without(v, of_values, (*where, key)))
        if isinstance(value, list) and get_origin(annotation) is list:
            of_items = get_args(annotation)[0]
            items = [self.without(v, of_items, (*where, i)) for i, v in enumerate(value)]
            same = all(new is old for new, old in zip(items, value, strict=True))
            return value if same else items
        return value

    def _part(
        self, mapping: dict[str, Any], model: type[BaseModel], where: Where
    ) -> dict[str, Any]:
        unknown = [key for key in mapping if key not in model.model_fields]
        if not unknown:
            return self._filled(mapping, model, where)
        moved: dict[tuple[str, Where], list[str]] = {}
        for key in unknown:
            home = self._home(key, mapping[key], model, where)
            if home is None:
                self._unknown(key, mapping[key], model, where)
            else:
                moved.setdefault(home, []).append(key)
        for (kind, home_place), keys in moved.items():
            self._misplaced(kind, home_place, keys, mapping, where)
        kept = {key: v for key, v in mapping.items() if key in model.model_fields}
        kept = {key: v for key, v in kept.items() if (*where, key) not in self.explained}
        return self._filled(kept, model, where)

    def _filled(
        self, mapping: dict[str, Any], model: type[BaseModel], where: Where
    ) -> dict[str, Any]:
        """Tell of keys with nothing behind them, where the key itself may be left out."""
        fields = model.model_fields
        empty = [key for key, v in mapping.items() if v is None and not fields[key].is_required()]
        for key in empty:
            of = fields[key]
            hint = "leave it out" if not of.examples else example_of(key, of.examples[0])
            place, message = (*where, key), f"`{key}` has no value"
            found = self.source.finding(place, "wrong-type", message, hint, key=True)
            self.findings.append(self.source.commented(found, key))
            self.explained.add(place)
        return {key: v for key, v in mapping.items() if key not in empty} if empty else mapping

    def _home(
        self, key: str, value: object, model: type[BaseModel], where: Where
    ) -> tuple[str, Where] | None:
        """Return whether a key belongs under a neighbour or above, and the place it belongs to."""
        if model is Manifest and isinstance(value, dict) and _TELLING & value.keys():
            return "under", ("jobs",)
        if model is Manifest and key in CommonSettings.model_fields:
            return "under", ("defaults",)
        if issubclass(model, Job) and key in _SCHEMA_WORDS:
            return "under", (*where, "payload")
        # At the top a job's key may belong to any job, and `job` is nearly `jobs`.
        unsure = model is Manifest and (
            key in Job.model_fields or did_you_mean(key, Manifest.model_fields)
        )
        for name, of_field in () if unsure else model.model_fields.items():
            inner = inner_model(of_field)
            if inner is not None and key in inner.model_fields and not instead(key, value, ()):
                return "under", (*where, name)
        for depth in range(len(where) - 1, -1, -1):
            above = model_of(annotation_at(where[:depth]))
            if above is not None and key in above.model_fields:
                return "above", where[:depth]
        return None

    def _unknown(self, key: str, value: object, model: type[BaseModel], where: Where) -> None:
        known = list(model.model_fields)
        hint = instead(key, value, known) or did_you_mean(key, known)
        if model is Manifest and key in Job.model_fields:
            hint = f"write `{entry(key, value)}` under the name of each job that it is about"
        hint = hint or f"known here: {', '.join(known)}"
        self._say((*where, key), "unknown-key", f"unknown key `{key}`", hint)

    def _misplaced(
        self, kind: str, home: Where, keys: list[str], mapping: Mapping[str, Any], where: Where
    ) -> None:
        """Say once where keys belong; what is missing or empty there is thereby explained."""
        place, name = (*where, keys[0]), str(home[-1]) if home else ""
        one = len(keys) == 1
        stand, belong, they = ("stands", "belongs", "it") if one else ("stand", "belong", "they")
        first = entry(keys[0], mapping[keys[0]])
        if kind == "above":
            self.explained.update((*home, key) for key in keys)
            upper = f"`{name}`" if name else "the top of the file"
            message = f"{joined(keys)} {stand} under `{where[-1]}`; {they} {belong} to {upper}"
            hint = f"write `{first}` beside the keys of {upper}" if name else "do not indent it"
            self._say(place, "misplaced-key", message, hint)
            return
        self.explained.update((*home, key) for key in keys)
        if mapping.get(name) is None:
            self.explained.add(home)
        if mapping.get(name, ...) is None or home == ("jobs",):
            message = f"{joined(keys)} {stand} beside `{name}`, not under it"
            hint = f"indent {'it' if one else 'them'} by two more spaces, under `{name}:`"
        else:
            message = f"{joined(keys)} {belong} under `{name}`"
            several = name in {"defaults", "schedule", "properties"} or name in mapping
            hint = f"write `{first}` under `{name}`" if several else f"write `{name}: {{{first}}}`"
        self._say(place, "misplaced-key", message, hint)

    def _beside_their_job(self, jobs: dict[str, Any], where: Where) -> dict[str, Any]:
        """Tell of keys of a job that stand beside its name."""
        keys = [k for k, v in jobs.items() if k in Job.model_fields and not _is_job(v)]
        empty = [name for name, value in jobs.items() if value is None and name not in keys]
        if not keys:
            return jobs
        name = empty[-1] if empty else ""
        if name:
            message = f"{joined(keys)} stand beside the job `{name}`, not under it"
            hint = "indent them by two more spaces"
        else:
            message = f"{joined(keys)} stand where the names of jobs do"
            hint = "write the job's name above them, and indent them under it"
        self._say((*where, keys[0]), "misplaced-key", message, hint)
        self.explained.update((*where, gone) for gone in (*keys, name))
        return {key: value for key, value in jobs.items() if key not in {*keys, name}}

    def _payload(self, schema: dict[str, Any], where: Where) -> dict[str, Any]:
        """Tell of keys of the job, and of properties, that stand among a schema's keywords."""
        of_schema = _SCHEMA_WORDS | ANNOTATIONS
        others = [key for key in schema if key not in of_schema]
        properties = [
            k for k in others if isinstance(schema[k], dict) and of_schema & schema[k].keys()
        ]
        of_job = [k for k in others if k in Job.model_fields and k not in properties]
        if of_job:
            self._misplaced("above", where[:-1], of_job, schema, where)
        if properties:
            self._misplaced("under", (*where, "properties"), properties, schema, where)
            self.explained.add(where)
            return {"type": "object"}
        listed = schema.get("properties")
        if isinstance(listed, dict) and isinstance(listed.get("required"), list):
            self._misplaced("above", where, ["required"], listed, (*where, "properties"))
            schema = {**schema, "properties": {k: v for k, v in listed.items() if k != "required"}}
        elif isinstance(listed, dict) and (deep := _of_a_job(listed)):
            self._misplaced("above", where[:-1], deep, listed, (*where, "properties"))
            schema = {**schema, "properties": {k: v for k, v in listed.items() if k not in deep}}
        return {key: v for key, v in schema.items() if key not in of_job} if of_job else schema

    def _say(self, where: Where, rule: str, message: str, hint: str) -> None:
        self.findings.append(self.source.finding(where, rule, message, hint, key=True))


def _of_a_job(properties: Mapping[str, object]) -> list[str]:
    """Return the keys of a job that stand among properties, and are none: theirs are maps."""
    return [
        name
        for name, value in properties.items()
        if name in Job.model_fields and isinstance(value, str | int | list) and value is not True
        if not schema_instead(value)
    ]


def _is_job(value: object) -> bool:
    return isinstance(value, dict) and bool(_TELLING & value.keys())


def _changed(mapping: dict[str, Any], change: Callable[[str, Any], object]) -> dict[str, Any]:
    new = {key: change(key, value) for key, value in mapping.items()}
    return mapping if all(new[key] is mapping[key] for key in new) else new

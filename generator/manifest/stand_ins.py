"""Values in place of broken ones, so that one run tells all that is wrong with a manifest.

What depends on such a value is not judged: `unknown` places are remembered for the rules.
"""

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from generator.manifest.form import annotation_at, field_at, model_of
from generator.manifest.positions import Where

_NEUTRAL: Mapping[str, object] = {
    "version": 1,
    "project": "project",
    "environments": ["dev"],
    "jobs": {},
    "payload": {"type": "object"},
    "idempotency": {"key": ["-"]},
    "key": ["-"],
    "actions": ["s3:GetObject"],
    "resources": ["arn:aws:s3:::bucket"],
}
"""What stands for a key that must be given; text that is missing is a hyphen."""


def mended(document: object, broken: Iterable[Where]) -> object:
    """Return the document with each broken place left out, or filled where it must be given.

    Containers on the way are copied once; the given document stays as it is.
    """
    ours: set[int] = set()
    root: list[Any] = [document]
    for where in broken:
        _mend(root, where, ours)
    return root[0]


def _mend(root: list[Any], where: Where, ours: set[int]) -> None:
    holder: Any = root
    path: tuple[Any, ...] = (0, *where)
    for depth, part in enumerate(path):
        if isinstance(holder, dict) and part not in holder and depth < len(where):
            return
        if isinstance(holder, list) and not (isinstance(part, int) and part < len(holder)):
            return
        if not isinstance(holder, dict | list):
            return
        if depth == len(where):
            _replace(holder, part, where)
            return
        inner = holder[part]
        if isinstance(inner, dict | list) and id(inner) not in ours:
            inner = inner.copy()
            holder[part] = inner
            ours.add(id(inner))
        holder = inner


def _replace(holder: Any, part: Any, where: Where) -> None:  # noqa: ANN401 - a map or a list
    field = field_at(where)
    if not where:
        holder[0] = _neutral_part(annotation_at(()))
    elif isinstance(holder, list):
        holder[part] = _neutral(annotation_at(where))
    elif field is not None and field.is_required():
        holder[part] = _NEUTRAL.get(str(part), "-")
    elif field is None and model_of(annotation_at(where)) is not None:
        holder[part] = _neutral(annotation_at(where))
    else:
        holder.pop(part, None)


def _neutral(annotation: Any) -> object:  # noqa: ANN401 - an annotation can be anything
    if model_of(annotation) is not None:
        return _neutral_part(annotation)
    return [] if get_origin(annotation) is list and get_args(annotation) else "-"


def _neutral_part(model: type[BaseModel]) -> dict[str, object]:
    return {
        name: _NEUTRAL.get(name, "-")
        for name, field in model.model_fields.items()
        if field.is_required()
    }

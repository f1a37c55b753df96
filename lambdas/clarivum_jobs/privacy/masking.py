"""What of a payload may be written down: everything but its sensitive fields."""

from pydantic import BaseModel

from clarivum_jobs.privacy.marks import fields_of
from clarivum_jobs.privacy.sensitive import HIDDEN, cleaned_text


def masked(payload: BaseModel) -> dict[str, object]:
    """Return a payload as JSON-like data, each sensitive field replaced as a whole.

    A sensitive value that also stands in another field is hidden there too, as long as it is
    being hidden at the moment.
    """
    shown: dict[str, object] = {}
    for field in fields_of(type(payload)):
        value = getattr(payload, field.attribute)
        shown[field.name] = HIDDEN if field.hidden and value is not None else _shown(value)
    return shown


def _shown(value: object) -> object:
    if isinstance(value, BaseModel):
        return masked(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {cleaned_text(str(name)): _shown(inner) for name, inner in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    return cleaned_text(str(value))

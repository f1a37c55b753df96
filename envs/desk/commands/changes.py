"""What `--set` and `--patch` change in a letter, as a person wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from envs.desk.errors import DeskError
from envs.desk.sending import json_of, value_of

if TYPE_CHECKING:
    from pathlib import Path

    from envs.desk.place import Place


def sets_of(place: Place, job: str, sets: tuple[str, ...]) -> dict[str, Any]:
    """Return the properties that `--set NAME=VALUE` changes, read as the job's schema means them.

    Raises:
        DeskError: One of them names no value, or there is no such job.
    """
    known, found = place.job(job).properties, {}
    for one in sets:
        name, equals, value = one.partition("=")
        if not equals:
            message = f"`{one}` changes nothing"
            raise DeskError(message, rule="set", hint="--set NAME=VALUE")
        found[name] = value_of(known.get(name, {}), value)
    return found


def patch_of(path: Path | None) -> dict[str, Any]:
    """Return the patch that a file holds; an empty one without a file.

    Raises:
        DeskError: It cannot be read, or is no JSON object.
    """
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read {path}: {getattr(error, 'strerror', None) or 'it is no text'}"
        raise DeskError(message, rule="patch") from error
    found = json_of(text, str(path), rule="patch")
    if not isinstance(found, dict):
        message = f"{path} holds no JSON object"
        raise DeskError(message, rule="patch")
    return found

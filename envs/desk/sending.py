"""Enqueueing one message by hand, by the same way in as everybody."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clarivum_jobs.contract.keys import named_key, payload_key
from clarivum_jobs.contract.reading import read_strictly
from clarivum_jobs.core.errors import EnqueueError, InvalidPayloadError, JobClosedError
from clarivum_jobs.privacy.masking import masked
from clarivum_jobs.privacy.sensitive import hiding, sensitive_values
from clarivum_jobs.producer.producer import Producer, check_delay
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clarivum_jobs import Payload
    from envs.desk.place import Job, Place

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_LONGEST = 3660 * 86_400
_DURATION = re.compile(r"(\d+)([smhd]?)")


@dataclass(frozen=True, slots=True)
class How:
    """How a payload is enqueued.

    Attributes:
        delay: Seconds before the work may begin.
        key: Name of the piece of work; empty for what its key fields say.
        dry_run: Whether it is only validated.
    """

    delay: int = 0
    key: str = ""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What was enqueued, or would be.

    Attributes:
        job: The job.
        payload: The payload, sensitive values hidden.
        key: Its idempotency key.
        job_id: Id of the enqueue; empty if nothing was sent.
        schedule: Name of the one-time schedule that a long delay made; empty if there is none.
    """

    job: str
    payload: dict[str, object]
    key: str
    job_id: str = ""
    schedule: str = ""


def seconds(text: str) -> int:
    """Read a duration as the manifest writes it: `90`, `90s`, `10m`, `4h`, `2d`.

    Raises:
        DeskError: It is none.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        message = f"`{text}` is no duration"
        raise DeskError(message, rule="duration", hint="write 90s, 10m, 4h or 2d")
    found = int(match[1]) * _UNITS[match[2]]
    if found > _LONGEST:
        message = f"`{text}` is more than ten years"
        raise DeskError(message, rule="duration", hint="write 90s, 10m, 4h or 2d")
    return found


def document(job: Job, data: str, flags: Sequence[str]) -> dict[str, Any]:
    """Return the payload that a person wrote.

    Args:
        job: The job.
        data: JSON, or `@file`; empty for none.
        flags: `--lead-id`, `42`, ...: properties and their values; they win over `data`.

    Raises:
        DeskError: It cannot be read, or names no property.
    """
    return {**_from_data(data), **_from_flags(job, flags)}


def send(place: Place, job: Job, payload: Mapping[str, Any], how: How) -> Sent:
    """Enqueue one payload.

    Raises:
        DeskError: It does not fit the contract, or the queue did not take it.
    """
    model = job.model()
    try:
        read = read_strictly(model, payload)
        with hiding(sensitive_values(read)):
            shown = masked(read)
        place.sending.admit(job.name)
        check_delay(how.delay)
        if how.dry_run:
            return Sent(job.name, shown, _key(read, how.key))
        producer = Producer(place.sending, place.client("sqs"), lambda: place.client("scheduler"))
        receipt = producer.enqueue(read, delay=how.delay, key=how.key or None)
    except InvalidPayloadError as error:
        message = f"the payload does not fit {job.name}: {'; '.join(error.violations)}"
        raise DeskError(message, rule=error.code, hint=_hint(job)) from None
    except JobClosedError as error:
        hint = "its dead letters can be replayed; new work needs an active job"
        raise DeskError(str(error), rule=error.code, hint=hint, status=1) from None
    except EnqueueError as error:
        raise DeskError(str(error), rule="not-enqueued", hint="sending again is safe") from error
    except ValueError as error:
        raise DeskError(str(error), rule="delay") from error
    return Sent(job.name, shown, receipt.idempotency_key, receipt.job_id, receipt.schedule)


def _key(payload: Payload, name: str) -> str:
    return named_key(name) if name else payload_key(payload.contract, payload.model_dump())


def _hint(job: Job) -> str:
    parts = (f"{name} ({_kind(schema)})" for name, schema in job.properties.items())
    return f"it takes: {', '.join(parts)}"


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "any JSON")


def _from_data(data: str) -> dict[str, Any]:
    if not data:
        return {}
    text = data
    if data.startswith("@"):
        try:
            text = Path(data[1:]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            message = f"cannot read {data[1:]}: {why.lower()}"
            raise DeskError(message, rule="data") from error
    hint = '--data \'{"name": "value"}\' or @file'
    where = data[1:] if data.startswith("@") else "--data"
    found = json_of(text, where, rule="data", hint=hint)
    if not isinstance(found, dict):
        message = "--data is no JSON object"
        raise DeskError(message, rule="data", hint=hint)
    return found


def json_of(text: str, where: str, *, rule: str, hint: str = "") -> Any:  # noqa: ANN401 - any JSON
    """Return what a person's JSON says.

    Raises:
        DeskError: It is none; the message says where.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{where}:{error.lineno}:{error.colno}: no JSON: {error.msg}"
    except RecursionError:
        message = f"{where}: it is nested too deeply"
    except ValueError:
        message = f"{where}: a number has thousands of digits"
    raise DeskError(message, rule=rule, hint=hint)


def _from_flags(job: Job, flags: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    left = list(flags)
    while left:
        flag = left.pop(0)
        if not flag.startswith("--"):
            message = f"`{flag}` belongs to no option"
            raise DeskError(message, rule="flags", hint=_hint(job))
        written, equals, value = flag[2:].partition("=")
        name = next((n for n in (written, written.replace("-", "_")) if n in job.properties), "")
        if not name:
            message = f"{job.name} has no property `{written}`"
            raise DeskError(message, rule="unknown-property", hint=_hint(job))
        if not equals:
            if not left:
                message = f"`{flag}` has no value"
                raise DeskError(message, rule="flags", hint=f"{flag} VALUE")
            value = left.pop(0)
        found[name] = value_of(job.properties[name], value)
    return found


def value_of(schema: Mapping[str, Any], text: str) -> Any:  # noqa: ANN401 - any JSON
    """Read a value as its property means it: text where text is wanted, JSON elsewhere."""
    texts = schema.get("type") == "string" or (
        "enum" in schema and all(isinstance(value, str) for value in schema["enum"])
    )
    if texts:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text

"""What a letter that is gone leaves on record: that it was discarded, or that its work is done."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from clarivum_jobs.contract.envelope import parse
from clarivum_jobs.contract.reading import read_tolerantly
from clarivum_jobs.contract.upcasting import upcast
from clarivum_jobs.core import clients
from clarivum_jobs.core.errors import EnvelopeError, InvalidPayloadError
from clarivum_jobs.privacy.masking import masked
from clarivum_jobs.privacy.sensitive import hiding
from clarivum_jobs.records.work_item import enqueue_id, work_id
from envs.desk.edits import hidden_in

if TYPE_CHECKING:
    from envs.desk.letters import Letter
    from envs.desk.place import Job, Place

_UNREADABLE = "[unreadable]"


def masked_body(job: Job, letter: Letter) -> str:
    """Return a letter's payload as it may be kept: without sensitive values, or nothing of it."""
    try:
        envelope = parse(letter.body)
        version = job.model().contract.version
        data = upcast(envelope.data, envelope.contractversion, version, job.upcasters())
        payload = read_tolerantly(job.model(), data)
    except (EnvelopeError, InvalidPayloadError):
        # What cannot be read cannot be told to hold no sensitive value.
        return _UNREADABLE
    with hiding(hidden_in(payload)):
        return json.dumps(masked(payload), separators=(",", ":"))


def settle(place: Place, job: Job, letter: Letter, status: str) -> None:
    """Take a letter that is about to go out of the list of the dead.

    Only what the list shows of the work and of the enqueue changes: a worker that meets the same
    key later finds the record as it was.
    """
    try:
        envelope = parse(letter.body)
    except EnvelopeError:
        return
    name = job.on_record
    _list_as(place, name, work_id(name, envelope.idempotencykey), status)
    _list_as(place, name, enqueue_id(name, envelope.id), status)


def forget_done(place: Place, job: str, key: str) -> None:
    """Let work that is done count no more, so that it is done again."""
    _write(
        place,
        work_id(job, key),
        UpdateExpression="SET expiration = :now",
        ConditionExpression="#status = :done",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":now": {"N": str(int(time.time()))}, ":done": {"S": "done"}},
    )


def _list_as(place: Place, job: str, item: str, status: str) -> None:
    _write(
        place,
        item,
        UpdateExpression="SET job_status = :status",
        ConditionExpression="job_status = :dead",
        ExpressionAttributeValues={
            ":status": {"S": f"{job}#{status}"},
            ":dead": {"S": f"{job}#dead"},
        },
    )


def _write(place: Place, item: str, **written: object) -> None:
    """Write if a condition holds; if it does not, there is nothing to write."""
    try:
        place.client("dynamodb").update_item(
            TableName=place.table, Key={"id": {"S": item}}, **written
        )
    except clients.aws_errors() as error:
        if clients.error_code(error) != "ConditionalCheckFailedException":
            raise

"""What travels in a message: CloudEvents 1.0, structured JSON."""

import datetime as dt
import json
import uuid
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from clarivum_jobs.contract.violations import violations
from clarivum_jobs.core import traceparent
from clarivum_jobs.core.errors import EnvelopeError, NewerVersionError

_TYPE_PREFIX = "jobs."

MOST_VERSIONS = 2**31 - 1
"""Highest version of a payload; a higher one is a mistake, not a worker that is behind."""

Text = Annotated[str, Field(min_length=1, max_length=256)]


class Envelope(BaseModel):
    """One message.

    Attributes:
        specversion: Version of CloudEvents.
        id: The job's id, new with every enqueue; what logs, records and people speak of.
        source: Who sent it.
        type: Which job it is for, as `jobs.<job>`.
        time: When it was enqueued.
        datacontenttype: Media type of the payload.
        idempotencykey: Equal for equal work; SHA-256 in hex.
        traceparent: W3C trace context of the sender.
        contractversion: Version of the payload.
        notafter: When it is no longer worth beginning; none for never.
        data: The payload.
    """

    # Attributes of other senders may stand beside ours: CloudEvents allows extensions.
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, hide_input_in_errors=True)

    specversion: Literal["1.0"] = "1.0"
    id: Text
    source: Text
    type: Text
    time: AwareDatetime = Field(default_factory=lambda: dt.datetime.now(dt.UTC))
    datacontenttype: Literal["application/json"] = "application/json"
    idempotencykey: str = Field(pattern="^[0-9a-f]{64}$")
    traceparent: str = Field(default_factory=traceparent.continued)
    contractversion: int = Field(ge=1, le=MOST_VERSIONS)
    notafter: AwareDatetime | None = None
    data: dict[str, JsonValue]

    def to_json(self, data: str | None = None) -> str:
        """Write the message body, in ASCII: SQS refuses some characters that JSON allows.

        Args:
            data: The payload as it was written already; it is written now unless given.
        """
        # CloudEvents knows no null: what is not there is left out.
        absent = {"data", "notafter"} if self.notafter is None else {"data"}
        head = self.model_dump_json(exclude=absent, ensure_ascii=True)
        written = json.dumps(self.data, separators=(",", ":")) if data is None else data
        return f'{head[:-1]},"data":{written}}}'

    @property
    def stale(self) -> bool:
        """Whether it is too late to begin."""
        return self.notafter is not None and dt.datetime.now(dt.UTC) > self.notafter


def new_id() -> str:
    """Return the id of a new enqueue."""
    return str(uuid.uuid4())


def job_type(job: str) -> str:
    """Return the `type` of a job's messages."""
    return f"{_TYPE_PREFIX}{job}"


def parse(body: str) -> Envelope:
    """Read a message body.

    Scheduler's dead letter of a delayed message holds the request that it made of it: moved back,
    that is the message.

    Raises:
        EnvelopeError: It is not one of our messages.
    """
    try:
        return Envelope.model_validate_json(_requested(body) or body)
    except ValidationError as error:
        reason = f"not a job's message: {'; '.join(violations(error, Envelope))}"
        raise EnvelopeError(reason, code="invalid_envelope") from None


def _requested(body: str) -> str | None:
    """Return the message that a request to SQS holds; none if a body is no such request."""
    if "MessageBody" not in body:
        return None
    try:
        read: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    inner = read.get("MessageBody") if isinstance(read, dict) and "data" not in read else None
    return inner if isinstance(inner, str) else None


def check_addressee(envelope: Envelope, job: str, version: int) -> None:
    """Make sure that a message is for this job and that its version is known here.

    Args:
        envelope: The message.
        job: The job's name where it is deployed; under a former name, that one.
        version: The worker's version of the payload.

    Raises:
        NewerVersionError: It was written by newer code than this.
        EnvelopeError: It is for another job.
    """
    if envelope.type != job_type(job):
        reason = f"a message for another job than {job}"
        raise EnvelopeError(reason, code="wrong_job")
    if envelope.contractversion > version:
        reason = (
            f"payload version {envelope.contractversion} is newer than this worker's"
            f" version {version}: deploy the worker, then replay"
        )
        raise NewerVersionError(reason, code="unknown_contract_version")

"""A job that exists only in tests."""

import json
from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs import JobContract, Payload, PayloadObject
from clarivum_jobs.contract.formats import Email, Sensitive, Uuid

JOB = "sample-job"
ADDRESS = "ada.lovelace+secret@customer.example"
LEAD = "0b6f5d1e-3c1b-4f7e-9a50-6f0f4f3a9d10"


class Home(PayloadObject):
    """Part of a payload."""

    street: Annotated[str, Sensitive()] = Field(repr=False)
    country: str = "DE"


class Sample(Payload):
    """Payload of the job."""

    contract: ClassVar[JobContract] = JobContract(name=JOB, version=2, key=("lead_id", "copy_no"))

    lead_id: Uuid
    email: Annotated[Email, Sensitive()] = Field(repr=False)
    copy_no: int = Field(default=1, ge=1)
    note: str | None = None
    home: Home | None = None
    others: tuple[Annotated[Email, Sensitive()], ...] = ()


def document(**changes: object) -> dict[str, object]:
    """Return a valid payload as JSON, with changes."""
    return {"lead_id": LEAD, "email": ADDRESS, **changes}


def sample(**changes: object) -> Sample:
    """Return a valid payload, with changes."""
    return Sample.model_validate_json(json.dumps(document(**changes)))

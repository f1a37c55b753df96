# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 055368b2d632797030a85511519b19bba2fa09d4024376739b0bff0732445603
"""Payload of email-fulfillment, contract version 1."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from clarivum_jobs.formats import Email, Sensitive, Uri
from clarivum_jobs.payload import JobContract, Payload


class EmailFulfillment(Payload):
    """Send one transactional e-mail, such as a lead magnet or a receipt."""

    contract: ClassVar[JobContract] = JobContract(
        name="email-fulfillment",
        version=1,
        key=("email_id",),
    )

    email_id: UUID
    """One id for each mail that shall be sent once."""

    to: Annotated[Email, Sensitive()] = Field(repr=False)
    """The one recipient."""

    template: Literal["lead-magnet", "receipt"]
    """Which mail to send."""

    sender: Literal["hello", "receipts"] = "hello"
    """Local part of the sending address."""

    link: Uri | None = None
    """What the mail leads to."""

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 1d980abf168ad6c3d9ade88a05e55614731acfd58e2c6423bbd147b3f00b7eab
"""Payload of email-fulfillment, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.constraints import Omittable
from clarivum_jobs.contract.formats import Email, Sensitive, Uri, Uuid
from clarivum_jobs.contract.payload import JobContract, Payload


class EmailFulfillment(Payload):
    """Send one transactional e-mail, such as a lead magnet or a receipt."""

    contract: ClassVar[JobContract] = JobContract(
        name="email-fulfillment",
        version=1,
        key=("email_id",),
    )

    email_id: Uuid
    """One id for each mail that shall be sent once."""

    to: Annotated[Email, Sensitive()] = Field(repr=False)
    """The one recipient."""

    template: Literal["lead-magnet", "receipt"]
    """Which mail to send."""

    sender: Literal["hello", "receipts"] = "hello"
    """Local part of the sending address."""

    link: Omittable[Uri] = None
    """What the mail leads to."""

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: fa6bc507c2f086fa86e860a84bcce04e78b6600f913beffb8941f4c840d74d1b
"""Payload of email-fulfillment, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.constraints import Omittable
from clarivum_jobs.formats import Email, Sensitive, Uri, Uuid
from clarivum_jobs.payload import JobContract, Payload


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

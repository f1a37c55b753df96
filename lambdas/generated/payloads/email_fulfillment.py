# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 24778b3f968ae50fffb69badb8e0f4a768ea7d56c603441ca9ac821b9baf9541
"""Payload of email-fulfillment, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.constraints import Integer, Omittable
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

    template: Literal["lead-magnet", "receipt", "document"]
    """Which mail to send."""

    template_version: Annotated[Integer, Field(ge=1)] = 1
    """Which version of its words."""

    sender: Literal["hello", "receipts"] = "hello"
    """Local part of the sending address."""

    link: Annotated[Omittable[Uri], Sensitive()] = Field(default=None, repr=False)
    """What the mail leads to."""

    document: Omittable[Annotated[str, Field(pattern="^documents/[a-z0-9/.\\-]+$")]] = None
    """Key of a stored document; the mail leads to it by an address that is signed when the mail is
    sent.
    """

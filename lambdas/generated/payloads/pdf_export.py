# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 0134b4c545873bc9be7fb74137815c20bcc65aaa0e39d4fd04696207cdf67b5e
"""Payload of pdf-export, contract version 1."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from clarivum_jobs.formats import Email, Sensitive
from clarivum_jobs.payload import JobContract, Payload


class PdfExport(Payload):
    """Render a document as PDF or EPUB, store it and mail a link."""

    contract: ClassVar[JobContract] = JobContract(
        name="pdf-export",
        version=1,
        key=("document_id", "format"),
    )

    document_id: UUID
    """The document to render."""

    format: Literal["pdf", "epub"]
    """What to make of it."""

    recipient: Annotated[Email | None, Sensitive()] = Field(default=None, repr=False)
    """Who gets the link."""

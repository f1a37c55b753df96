# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 4ff0f1eb6049174ae23f4c005fe4e7f01a87857f3c2d2bbb0a4d15d735bf51d9
"""Payload of pdf-export, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.constraints import Omittable
from clarivum_jobs.contract.formats import Email, Sensitive, Uuid
from clarivum_jobs.contract.payload import JobContract, Payload


class PdfExport(Payload):
    """Render a document as PDF or EPUB, store it and mail a link."""

    contract: ClassVar[JobContract] = JobContract(
        name="pdf-export",
        version=1,
        key=("document_id", "format"),
    )

    document_id: Uuid
    """The document to render."""

    format: Literal["pdf", "epub"]
    """What to make of it."""

    recipient: Annotated[Omittable[Email], Sensitive()] = Field(default=None, repr=False)
    """Who gets the link."""

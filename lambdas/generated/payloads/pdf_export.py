# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 750c4be616cca1172026ab77db5d2648ad52c54d0eda6d5aa6d575a523eb3827
"""Payload of pdf-export, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.constraints import Omittable
from clarivum_jobs.formats import Email, Sensitive, Uuid
from clarivum_jobs.payload import JobContract, Payload


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

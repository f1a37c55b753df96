# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 3fb00a616538c7b5c3ebd811728a0a81707bff1e3d866775b93fb067aaebabc9
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
        key=("document_id", "format", "run"),
    )

    document_id: Uuid
    """The document to render."""

    format: Literal["pdf", "epub"]
    """What to make of it."""

    recipient: Annotated[Omittable[Email], Sensitive()] = Field(default=None, repr=False)
    """Who gets the link."""

    run: Annotated[str, Field(min_length=1, max_length=64)] = "first"
    """Name of the request; one of another name renders and mails again."""

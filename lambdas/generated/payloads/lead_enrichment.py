# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 1f1aa3dd646974959b60e4ab2f78db9554c56bc73c62eec9b5f79ca802215029
"""Payload of lead-enrichment, contract version 1."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from clarivum_jobs.formats import Email, Sensitive
from clarivum_jobs.payload import JobContract, Payload


class LeadEnrichment(Payload):
    """Complete a captured lead from the enrichment provider and write it back."""

    contract: ClassVar[JobContract] = JobContract(
        name="lead-enrichment",
        version=1,
        key=("lead_id",),
    )

    lead_id: UUID
    """Primary key of the lead row."""

    email: Annotated[Email, Sensitive()] = Field(repr=False)
    """Address the lead was captured with."""

    source: Literal["web", "referral", "import"] = "web"
    """Where the lead came from."""

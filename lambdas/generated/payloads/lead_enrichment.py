# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 22373708279800cec0a748d1e4f5bfe773d4a3c5853662a0c3546c6c1f637a6c
"""Payload of lead-enrichment, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.formats import Email, Sensitive, Uuid
from clarivum_jobs.payload import JobContract, Payload


class LeadEnrichment(Payload):
    """Complete a captured lead from the enrichment provider and write it back."""

    contract: ClassVar[JobContract] = JobContract(
        name="lead-enrichment",
        version=1,
        key=("lead_id",),
    )

    lead_id: Uuid
    """Primary key of the lead row."""

    email: Annotated[Email, Sensitive()] = Field(repr=False)
    """Address the lead was captured with."""

    source: Literal["web", "referral", "import"] = "web"
    """Where the lead came from."""

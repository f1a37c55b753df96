# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 7b19aee0ee62a6d232169fe48cbcad250d95936bcb4e3683c5b945882e602de2
"""Payload of lead-enrichment, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.formats import Email, Sensitive, Uuid
from clarivum_jobs.contract.payload import JobContract, Payload


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

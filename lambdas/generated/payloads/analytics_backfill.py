# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: c45c0d37ca1eb1da8ef7938e576ca7a9e10580d43f0866a89b0abeeb83a948c2
"""Payload of analytics-backfill, contract version 1."""

from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.contract.formats import Date
from clarivum_jobs.contract.payload import JobContract, Payload


class AnalyticsBackfill(Payload):
    """Export one day of product events to object storage."""

    contract: ClassVar[JobContract] = JobContract(
        name="analytics-backfill",
        version=1,
        key=("export_id", "day"),
    )

    export_id: Annotated[str, Field(min_length=1, max_length=64)]
    """Name of the export this day belongs to."""

    day: Date
    """The day to export (UTC)."""

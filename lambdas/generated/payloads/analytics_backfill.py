# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 4ea160e4e1e9c531d3250052d4c5fa8227cfb3c3172920aedb7e178395949a36
"""Payload of analytics-backfill, contract version 1."""

from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.formats import Date
from clarivum_jobs.payload import JobContract, Payload


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

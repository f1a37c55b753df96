# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: ab6d5cc8abb8445265b4c80a84678cc34a7e6e15b3767350650dc3d7da13e52b
"""Payload of analytics-backfill, contract version 1."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

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

    day: dt.date
    """The day to export (UTC)."""

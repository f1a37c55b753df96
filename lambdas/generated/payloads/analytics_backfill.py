# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: f0dd102fa047876b6b3c1e42adb67554218f0bbc48d3a71068d024476618e1c6
"""Payload of analytics-backfill, contract version 1."""

from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.contract.constraints import Integer
from clarivum_jobs.contract.formats import Date
from clarivum_jobs.contract.payload import JobContract, Payload


class AnalyticsBackfill(Payload):
    """Export product events to object storage, each day of a range by a job of its own."""

    contract: ClassVar[JobContract] = JobContract(
        name="analytics-backfill",
        version=1,
        key=("export_id", "day", "days"),
    )

    export_id: Annotated[str, Field(min_length=1, max_length=64)]
    """Name of the export this day belongs to."""

    day: Date
    """The day to export (UTC), or the first of several."""

    days: Annotated[Integer, Field(ge=1, le=366)] = 1
    """How many days; each of several becomes a job of its own."""

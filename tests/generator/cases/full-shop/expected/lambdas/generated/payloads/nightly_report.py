# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: d0f0f69f228fc8575ccec221ecfcda76d8c2a5f2f530b67f2cd962008d251e1a
"""Payload of nightly-report, contract version 1."""

from typing import ClassVar, Literal

from clarivum_jobs.payload import JobContract, Payload


class NightlyReport(Payload):
    """Add up the day."""

    contract: ClassVar[JobContract] = JobContract(
        name="nightly-report",
        version=1,
        key=("day", "region"),
    )

    day: str = "yesterday"
    """Which day to add up."""

    region: Literal["eu", "us"] = "eu"

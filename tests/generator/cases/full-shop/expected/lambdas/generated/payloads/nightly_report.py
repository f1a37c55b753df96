# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 7a9f397fb9295202ce255a598145a751d4cda2d6827ec35c9095dd3ff57f333d
"""Payload of nightly-report, contract version 1."""

from typing import ClassVar, Literal

from clarivum_jobs.contract.payload import JobContract, Payload


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

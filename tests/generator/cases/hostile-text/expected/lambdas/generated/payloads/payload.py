# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 5c790779573d3620c748487300a85d27f6c15f0211ea74f2c7ba89f8a5deca7b
"""Payload of payload, contract version 1."""

from typing import ClassVar

from clarivum_jobs.contract.formats import Email
from clarivum_jobs.contract.payload import JobContract, Payload


class PayloadJob(Payload):
    """A job whose class would be called like its base."""

    contract: ClassVar[JobContract] = JobContract(name="payload", version=1, key=("email",))

    email: Email = "a@b.example"

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: e631b24724b1c371576eb1ec9f500a5b5f180a2da543721f7a649410160a23e2
"""Payload of payload, contract version 1."""

from typing import ClassVar

from clarivum_jobs.formats import Email
from clarivum_jobs.payload import JobContract, Payload


class PayloadJob(Payload):
    """A job whose class would be called like its base."""

    contract: ClassVar[JobContract] = JobContract(name="payload", version=1, key=("email",))

    email: Email = "a@b.example"

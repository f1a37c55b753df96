# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: e798ef58f0544fdc2c499f087cefbd736348ec6d73e422a295d41fb49e5e03b2
"""Payload of send-receipt, contract version 1."""

from typing import ClassVar

from clarivum_jobs.payload import JobContract, Payload


class SendReceipt(Payload):
    """Mail a receipt."""

    contract: ClassVar[JobContract] = JobContract(name="send-receipt", version=1, key=("order_id",))

    order_id: str

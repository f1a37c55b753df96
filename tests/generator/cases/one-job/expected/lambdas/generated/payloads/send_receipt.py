# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b2b84d25e03e1f63a1515062be7c088073b42e824405a7e971d8e61daddba359
"""Payload of send-receipt, contract version 1."""

from typing import ClassVar

from clarivum_jobs.contract.payload import JobContract, Payload


class SendReceipt(Payload):
    """Mail a receipt."""

    contract: ClassVar[JobContract] = JobContract(name="send-receipt", version=1, key=("order_id",))

    order_id: str

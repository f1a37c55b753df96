# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b2cdc93d7c669ae1b05c17638fd092700688c31d9ce8a957ba5a6ec99ba4eb2d
"""Payload of place-order, contract version 3."""

import datetime as dt
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from clarivum_jobs.formats import Email, Sensitive, Uri
from clarivum_jobs.payload import JobContract, Payload, PayloadObject


class PlaceOrder(Payload):
    """What `PlaceOrder` holds.

    Hand an order over to the warehouse, with every line of it and the address it goes to, and
    tell the customer when it is on its way.
    """

    contract: ClassVar[JobContract] = JobContract(name="place-order", version=3, key=("order_id",))

    class Customer(PayloadObject):
        """Who ordered."""

        class Address(PayloadObject):
            """The `address` of the payload."""

            street: Annotated[str, Field(min_length=1, max_length=120), Sensitive()] = Field(
                repr=False,
            )

            country: Annotated[str, Field(pattern="^[A-Z]{2}$")]

        email: Annotated[Email, Sensitive()] = Field(repr=False)
        """Where mail goes."""

        name: Annotated[str | None, Field(max_length=80), Sensitive()] = Field(
            default=None,
            repr=False,
        )

        address: Address | None = None

    class LinesItem(PayloadObject):
        """What was ordered."""

        sku: Annotated[str, Field(min_length=3)]

        quantity: Annotated[int, Field(ge=1, le=999)] = 1

        discount: Annotated[float, Field(ge=0, lt=1)] = 0.25

        tags: tuple[Literal["gift", "fragile"], ...] = ("gift",)

    order_id: UUID
    """The order."""

    customer: Customer

    lines: Annotated[tuple[LinesItem, ...], Field(min_length=1, max_length=200)]
    """What was ordered."""

    placed_at: AwareDatetime

    deliver_on: dt.date = dt.date.fromisoformat("2026-01-31")

    express: bool = False

    channel: Literal["web", "shop"] | None = None

    priority: Literal[1, 2, 3] = 2

    kind: Literal["order"] = "order"

    notes: tuple[tuple[str, ...], ...] | None = None

    tracking: Annotated[Uri | None, Field(max_length=2000)] = None

    batch: Annotated[int | None, Field(gt=0, multiple_of=10)] = None

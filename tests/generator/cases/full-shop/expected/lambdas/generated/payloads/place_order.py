# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: f83059928f3058ee631656f684553b94da04aac5ec7e9a8df4e4298968f8493f
"""Payload of place-order, contract version 3."""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.constraints import (
    Exactly,
    Integer,
    Items,
    MultipleOf,
    Number,
    Omittable,
)
from clarivum_jobs.contract.formats import Date, DateTime, Email, Sensitive, Uri, Uuid
from clarivum_jobs.contract.payload import JobContract, Payload, PayloadObject


class PlaceOrder(Payload):
    """What `PlaceOrder` holds.

    Hand an order over to the warehouse, with every line of it and the address it goes to, and tell
    the customer when it is on its way.
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

        name: Annotated[Omittable[Annotated[str, Field(max_length=80)]], Sensitive()] = Field(
            default=None,
            repr=False,
        )

        address: Omittable[Address] = None

    class LinesItem(PayloadObject):
        """What was ordered."""

        sku: Annotated[str, Field(min_length=3)]

        quantity: Annotated[Integer, Field(ge=1, le=999)] = 1

        discount: Annotated[Number, Field(ge=0, lt=1)] = 0.25

        tags: Items[Literal["gift", "fragile"]] = ("gift",)

    order_id: Uuid
    """The order."""

    customer: Customer

    lines: Annotated[Items[LinesItem], Field(min_length=1, max_length=200)]
    """What was ordered."""

    placed_at: DateTime

    deliver_on: Date = dt.date.fromisoformat("2026-01-31")

    express: bool = False

    channel: Literal["web", "shop"] | None = None

    priority: Annotated[Literal[1, 2, 3], Exactly()] = 2

    kind: Literal["order"] = "order"

    notes: Omittable[Items[Items[str]]] = None

    tracking: Omittable[Annotated[Uri, Field(max_length=2000)]] = None

    batch: Omittable[Annotated[Integer, Field(gt=0), MultipleOf(10)]] = None

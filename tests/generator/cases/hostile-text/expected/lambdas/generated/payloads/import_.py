# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: f04698aaec2b41f91d47269a25325835bf0e91c79530a6dbdc4d091fcedb2eb6
"""Payload of import, contract version 1."""

import datetime as dt
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from clarivum_jobs.formats import Email, Sensitive, Uri
from clarivum_jobs.payload import JobContract, Payload, PayloadObject


class Import(Payload):
    r"""What `Import` holds.

    Say "hi" to ${var.name} and %{ if true }, \n is no newline; back\slash, ünïcödé 日本 “quotes”,
    it’s – fine.
    """

    contract: ClassVar[JobContract] = JobContract(
        name="import",
        version=1,
        key=("class", "from", "2nd", "", "é-è", "order-id", "orderId"),
    )

    class FieldObject(PayloadObject):
        """The `field` of the payload."""

        class FieldItem(PayloadObject):
            """The `field` of the payload."""

            class AnnotatedObject(PayloadObject):
                """The `annotated` of the payload."""

                x: int | None = None

            annotated: AnnotatedObject | None = None

        field: tuple[FieldItem, ...] | None = None

    class ImportObject(PayloadObject):
        """The `import` of the payload."""

        y: Annotated[Email | None, Sensitive()] = Field(default=None, repr=False)

    class_: str = Field(alias="class")
    """A '''docstring''' breaker."""

    from_: str = Field(alias="from")
    r"""Ends with a backslash \."""

    field_2nd: int = Field(alias="2nd")

    field_2: str = Field(alias="")
    """No name at all."""

    field_3: str = Field(alias="é-è")
    """Control and bidi."""

    order_id_2: str = Field(alias="order-id")

    order_id_3: str = Field(alias="orderId")

    order_id: str

    self: str

    model_dump_: str = Field(alias="model_dump")

    json_: str = Field(alias="json")

    str_: str = Field(default="both \"kinds\" of 'quotes' and \\ ${x} %{y}", alias="str")

    int_: int = Field(default=3, alias="int")

    date: dt.date | None = None

    uuid: UUID = UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d")

    field: FieldObject | None = None

    import_: ImportObject | None = Field(default=None, alias="import")

    contract_: Annotated[str | None, Field(pattern="^[\\w\\s\"'`|\\\\]{1,3}$")] = Field(
        default=None,
        alias="contract",
    )

    long_pattern: Annotated[
        str | None,
        Field(
            pattern="^(aaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbbbbb|cccccccccccccccccccccc|dd"
            "dddddddddddddddddd)$",
        ),
    ] = None

    a_long_name_of_a_property_that_leaves_little_room_for_its_type: Annotated[
        Uri | None,
        Field(max_length=1000),
        Sensitive(),
    ] = Field(default=None, repr=False)
    """A long description that needs to be wrapped over several lines because it does not fit into
    one line of a hundred columns.
    """

    long_enum: (
        Literal[
            "one-of-the-many-values",
            "another-of-the-values",
            "the-third-of-the-values",
            "the 'fourth' \"value\"",
            True,
            5,
        ]
        | None
    ) = "the-third-of-the-values"

    long_default: str = (
        "This default is text that is quite long, so long that the line it stands on cannot hold "
        "it."
    )

    uuids: tuple[UUID, ...] = (UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"),)

    many_uuids: tuple[UUID, ...] = (
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"),
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5e"),
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5f"),
    )

    nullable_list: Annotated[
        tuple[
            Literal["one-of-the-many-values", "another-of-the-values", "the-third-of-the-values"]
            | None,
            ...,
        ]
        | None,
        Sensitive(),
    ] = Field(default=None, repr=False)

    only_null: None = None

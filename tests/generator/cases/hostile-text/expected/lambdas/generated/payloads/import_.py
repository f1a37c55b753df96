# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b6ce14bfbcbf81a741ab7b3cc8388ec4929db72730135ceb6b6f158da7517b92
"""Payload of import, contract version 1."""

from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from clarivum_jobs.contract.constraints import Exactly, Integer, Items, Omittable
from clarivum_jobs.contract.formats import Date, Email, Sensitive, Uri, Uuid
from clarivum_jobs.contract.payload import JobContract, Payload, PayloadObject


class Import(Payload):
    r"""What `Import` holds.

    Say "hi" to ${var.name} and %{ if true }, \n is no newline; back\slash, ünïcödé 日本 “quotes”,
    it’s – fine.
    """

    contract: ClassVar[JobContract] = JobContract(
        name="import",
        version=1,
        key=("class", "from", "2nd", "", "é-è", "order-id", "orderNumber"),
    )

    class FieldObject(PayloadObject):
        """The `field` of the payload."""

        class FieldItem(PayloadObject):
            """The `field` of the payload."""

            class AnnotatedObject(PayloadObject):
                """The `annotated` of the payload."""

                x: Omittable[Integer] = None

            annotated: Omittable[AnnotatedObject] = None

        field: Omittable[Items[FieldItem]] = None

    class ImportObject(PayloadObject):
        """The `import` of the payload."""

        y: Annotated[Omittable[Email], Sensitive()] = Field(default=None, repr=False)

    class_: str = Field(alias="class")
    """A ""\u0022docstring""\u0022 breaker."""

    from_: str = Field(alias="from")
    """ends with a backslash \u005c"""

    field_2nd: Integer = Field(alias="2nd")

    unnamed: str = Field(alias="")
    """No name at all."""

    e_e: str = Field(alias="é-è")
    """control \u0007 and \u202e bidi"""

    order_id: str = Field(alias="order-id")

    order_number: str = Field(alias="orderNumber")

    order_ref: str

    self: str

    model_dump_: str = Field(alias="model_dump")

    json_: str = Field(alias="json")

    str_: str = Field(default="both \"kinds\" of 'quotes' and \\ ${x} %{y}", alias="str")

    int_: Integer = Field(default=3, alias="int")

    date: Omittable[Date] = None

    uuid: Uuid = UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d")

    field: Omittable[FieldObject] = None

    import_: Omittable[ImportObject] = Field(default=None, alias="import")

    contract_: Omittable[
        Annotated[
            str,
            Field(
                pattern="^[0-9A-Z_a-z\\t\\n\\v\\f\\r "
                "\\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\"
                "u{3000}\\u{feff}\"'`|\\\\]{1,3}$",
            ),
        ]
    ] = Field(default=None, alias="contract")

    long_pattern: Omittable[
        Annotated[
            str,
            Field(
                pattern="^(?:aaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbbbbb|ccccccccccccccccccc"
                "ccc|dddddddddddddddddddd)$",
            ),
        ]
    ] = None

    a_long_name_of_a_property_that_leaves_little_room_for_its_type: Annotated[
        Omittable[Annotated[Uri, Field(max_length=1000)]],
        Sensitive(),
    ] = Field(default=None, repr=False)
    """A long description that needs to be wrapped over several lines because it does not fit into
    one line of a hundred columns.
    """

    long_enum: Annotated[
        Literal[
            "one-of-the-many-values",
            "another-of-the-values",
            "the-third-of-the-values",
            "the 'fourth' \"value\"",
            True,
            5,
        ]
        | None,
        Exactly(),
    ] = "the-third-of-the-values"

    long_default: str = (
        "This default is text that is quite long, so long that the line it stands on cannot hold "
        "it."
    )

    uuids: Items[Uuid] = (UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"),)

    many_uuids: Items[Uuid] = (
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"),
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5e"),
        UUID("7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5f"),
    )

    nullable_list: Annotated[
        Omittable[
            Items[
                Literal[
                    "one-of-the-many-values",
                    "another-of-the-values",
                    "the-third-of-the-values",
                ]
                | None
            ]
        ],
        Sensitive(),
    ] = Field(default=None, repr=False)

    only_null: None = None

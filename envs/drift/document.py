"""Terraform's JSON of a plan: whether it is one, and a whole one, before anybody trusts it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError


class UnreadablePlanError(Exception):
    """The document is no plan that can be judged; the message says why."""


class _Change(BaseModel):
    actions: list[str] = Field(min_length=1)
    before: Any = None
    after: Any = None
    replace_paths: list[list[str | int]] = []


class _Resource(BaseModel):
    address: str = Field(min_length=1)
    previous_address: str = ""
    change: _Change


class _Plan(BaseModel):
    format_version: str = Field(pattern=r"^1\.")
    errored: bool = False
    complete: bool = True
    deferred_changes: list[Any] = []
    resource_changes: list[_Resource] = []
    resource_drift: list[_Resource] = []
    output_changes: dict[str, _Change] = {}


_PLAN = TypeAdapter(_Plan)


def require_whole(document: object) -> None:
    """Return if a document is a plan in format 1 that came to its end.

    Source: https://developer.hashicorp.com/terraform/internals/json-format, which promises to raise
    the major version before a reader of this one could misunderstand.

    Raises:
        UnreadablePlanError: It is not.
    """
    try:
        plan = _PLAN.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the document"
        message = f"Terraform's plan cannot be read: {where}: {first['msg']}"
        raise UnreadablePlanError(message) from error
    if plan.errored:
        message = "Terraform's plan ended with an error, so it does not name every change"
        raise UnreadablePlanError(message)
    if plan.deferred_changes or not plan.complete:
        message = "Terraform put some changes off, so the plan does not name every change"
        raise UnreadablePlanError(message)

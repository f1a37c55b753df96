"""`envs/<env>/drift.yaml`: differences of a plan that are known and borne, each for a time.

- address: module.platform.aws_sns_topic.on_call
  attribute: tags
  reason: The billing tool writes its own tags.
  owner: platform
  until: 2026-12-31
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from envs.drift.difference import Cause, Difference
from generator.diagnostics import as_text
from generator.manifest.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from generator.diagnostics import Finding

FILE = "drift.yaml"

_RULE = "drift-list"
_EMPTY = "file-empty"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AllowListError(Exception):
    """The list cannot be read; the message says where and why."""


class Entry(BaseModel):
    """One difference that is borne.

    Attributes:
        address: The resource; `*` stands for anything.
        attribute: Its attribute at the top.
        reason: Why it may be.
        owner: Who answers for it.
        until: The last day, in UTC.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(min_length=1)
    attribute: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    until: dt.date

    @field_validator("until", mode="before")
    @classmethod
    def _day(cls, value: object) -> dt.date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            message = "write a day, as in 2026-12-31"
            raise ValueError(message)
        return dt.date.fromisoformat(value)

    def fits(self, difference: Difference) -> bool:
        """Say whether it is about a difference."""
        pattern = ".*".join(map(re.escape, self.address.split("*")))
        alike = re.fullmatch(pattern, difference.place) is not None
        return alike and difference.attribute == self.attribute


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def read(root: Path) -> tuple[Entry, ...]:
    """Return the entries of an environment's root; none where it has no list.

    Raises:
        AllowListError: The file is not a list of entries.
    """
    file = root / FILE
    if not file.exists():
        return ()
    source = Source(file)
    if [found.rule for found in source.findings] == [_EMPTY]:
        return ()
    findings = tuple(source.findings)
    if not findings:
        try:
            return _ENTRIES.validate_python(source.value)
        except ValidationError as error:
            findings = tuple(_findings(source, error.errors()))
    raise AllowListError(as_text(findings, source.text).rstrip())


def _findings(source: Source, errors: Iterable[ErrorDetails]) -> Iterator[Finding]:
    """Yield what is wrong, each at its place."""
    for error in errors:
        where: Any = error["loc"]
        name = str(where[-1]) if where else ""
        told = error["msg"].removeprefix("Value error, ")
        if error["type"] == "extra_forbidden":
            message, hint = f"an entry has no `{name}`", f"it has {', '.join(Entry.model_fields)}"
        elif error["type"] == "missing":
            message, hint = f"an entry lacks `{name}`", ""
        elif name in Entry.model_fields:
            message, hint = f"`{name}` is not right: {told}", ""
        else:
            message, hint = "this is no list of entries", "begin each with `- address:`"
        yield source.finding(where, _RULE, message, hint, key=error["type"] == "extra_forbidden")


def sort_out(
    found: Iterable[Difference], entries: Sequence[Entry], today: dt.date
) -> tuple[Difference, ...]:
    """Return the differences that nobody bears, and what is wrong with the entries."""
    valid = [number for number, entry in enumerate(entries) if entry.until >= today]
    used, left = set(), []
    for each in found:
        # The first that fits is enough: a second one for the same is needed by nothing.
        fitting = next((number for number in valid if entries[number].fits(each)), None)
        if fitting is None:
            left.append(each)
        else:
            used.add(fitting)
    for number, entry in enumerate(entries):
        if entry.until < today:
            left.append(_about(entry, f"allowed until {entry.until}", "look again, or delete it"))
        elif number not in used:
            left.append(_about(entry, "an entry that nothing needs", "delete it"))
    return tuple(left)


def _about(entry: Entry, found: str, remedy: str) -> Difference:
    told = f"{entry.owner}: {entry.reason}"
    remedy = f"{remedy} in {FILE} ({told})"
    return Difference(
        "", entry.address, entry.attribute, "an entry in use", found, Cause.ENTRY, remedy
    )

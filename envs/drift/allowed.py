"""`envs/<env>/drift.yaml`: differences of a plan that are known and borne, each for a time.

- address: module.platform.aws_sns_topic.on_call
attribute: tags
reason: The billing tool writes its own tags.
owner: platform
until: 2026-12-31
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from envs.drift.difference import Cause, Difference

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FILE = "drift.yaml"

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


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

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    address: str = Field(min_length=1)
    attribute: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    until: str = Field(pattern=_DAY)

    def fits(self, difference: Difference) -> bool:
        """Say whether it is about a difference."""
        pattern = ".*".join(map(re.escape, self.address.split("*")))
        alike = re.fullmatch(pattern, difference.place) is not None
        return alike and difference.attribute == self.attribute


class _Text(yaml.SafeLoader):
    """Reads days as text: an entry says one, it does not compute with it."""


_Text.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(root: Path) -> tuple[Entry, ...]:
    """Return the entries of an environment's root; none where it has no list.

    Raises:
        AllowListError: The file is not a list of entries.
    """
    file = root / FILE
    if not file.is_file():
        return ()
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Text)  # noqa: S506 - a SafeLoader
        return TypeAdapter(tuple[Entry, ...]).validate_python(tuple(found or ()))
    except (yaml.YAMLError, ValidationError, TypeError, OSError) as error:
        message = f"{file.parent.name}/{FILE} is no list of entries: {error}"
        raise AllowListError(message) from error


def sort_out(
    found: Iterable[Difference], entries: Sequence[Entry], today: dt.date
) -> tuple[Difference, ...]:
    """Return the differences that nobody bears, and what is wrong with the entries."""
    valid = [entry for entry in entries if entry.until >= today.isoformat()]
    used, left = set(), []
    for each in found:
        fitting = [entry for entry in valid if entry.fits(each)]
        used.update(fitting)
        if not fitting:
            left.append(each)
    for entry in entries:
        if entry not in valid:
            left.append(_about(entry, f"allowed until {entry.until}", "look again, or delete it"))
        elif entry not in used:
            left.append(_about(entry, "an entry that nothing needs", "delete it"))
    return tuple(left)


def _about(entry: Entry, found: str, remedy: str) -> Difference:
    told = f"{entry.owner}: {entry.reason}"
    remedy = f"{remedy} in {FILE} ({told})"
    return Difference(
        "", entry.address, entry.attribute, "an entry in use", found, Cause.ENTRY, remedy
    )

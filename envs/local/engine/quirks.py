"""Where the emulator's answers make `terraform plan` see a change that is none.

The one list of it. A plan after an apply may show these changes and no others; the tests read
this list, and fail for an entry that no plan needs any more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Quirk:
    """One attribute that the emulator does not give back as it was set.

    Attributes:
        address: Regular expression for the whole resource address.
        attribute: Top-level attribute of the resource.
        why: What the emulator does, and why it does not matter on AWS.
    """

    address: str
    attribute: str
    why: str

    def explains(self, address: str, attribute: str) -> bool:
        """Whether a changed attribute of a resource is this quirk's doing."""
        return attribute == self.attribute and re.fullmatch(self.address, address) is not None


QUIRKS: tuple[Quirk, ...] = ()

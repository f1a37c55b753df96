"""Mistakes that no test can notice, each kind with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutation.terraform.mistakes import Mistake

REASONS: dict[str, str] = {
    r"^platform: locals\._group_alarms\.level is another$": (
        "it stands beside `quiet` alone: each other word means that it rings at the level full"
    ),
}
"""Reason by a pattern that is found in `module: place what`."""


def reason(mistake: Mistake) -> str:
    """Return why a mistake cannot be noticed, "" if a test is missing."""
    return next((why for form, why in REASONS.items() if re.search(form, str(mistake))), "")

"""Where the emulator is not as AWS is: what its answers make of a plan, and what it lets through.

The one list of it. A plan after an apply may show these changes and no others; the tests read
this list, and fail for an entry that is needed no more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Quirk:
    """Attributes of some resources that the emulator does not give back as they were set.

    Attributes:
        address: Regular expression for the whole resource address.
        reads: Top-level attribute -> what is read instead of what was set. Any other value is a
            change like any other.
        why: What the emulator does, and why it does not matter on AWS.
    """

    address: str
    reads: Mapping[str, object]
    why: str

    def explains(self, address: str, attribute: str, before: object) -> bool:
        """Whether an attribute that reads as `before` is this quirk's doing."""
        return (
            re.fullmatch(self.address, address) is not None
            and attribute in self.reads
            and before == self.reads[attribute]
        )


QUIRKS = (
    Quirk(
        address=r".*\.aws_cloudwatch_metric_alarm\.(this|schedules)\[.*\]",
        reads={
            "actions_enabled": False,
            "alarm_actions": [],
            "alarm_description": "",
            "dimensions": {},
            "ok_actions": [],
            "period": 0,
            "statistic": "",
            "treat_missing_data": "missing",
        },
        why=(
            "The provider asks DescribeAlarms in the XML protocol, and the emulator's XML answer "
            "leaves these fields out. They are stored: its JSON answer, which boto3 asks for and "
            "the alarm evaluator works with, has them all. The queries of an expression are in "
            "neither: such alarms are known from the plan alone."
        ),
    ),
)

UNENFORCED = {
    "dynamodb:LeadingKeys": (
        "A condition on it is taken for met, whatever key is asked for: an emulator that enforces "
        "policies lets a worker read the records of another job. That AWS does not is shown of the "
        "policies themselves, by evaluators of conditions (tests/oracles, tests/simulator)."
    ),
}
"""Keys of conditions that the emulator does not look at, also where it enforces policies, and why
it does not matter."""

"""When Lambda's Python runtimes end; as of 2026-11-23, from cfn-lint's copy of Lambda's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

NOTICE = timedelta(days=365)
"""How long before its end a runtime is pointed out."""


@dataclass(frozen=True, slots=True)
class Life:
    """The last part of a runtime's life.

    Attributes:
        deprecated: Security fixes end.
        frozen: Functions with it can no longer be updated.
    """

    deprecated: date
    frozen: date


LIVES: Mapping[str, Life] = {
    "python3.9": Life(date(2025, 12, 15), date(2027, 3, 3)),
    "python3.10": Life(date(2026, 10, 31), date(2027, 3, 3)),
    "python3.11": Life(date(2027, 6, 30), date(2027, 8, 31)),
    "python3.12": Life(date(2028, 10, 31), date(2029, 1, 10)),
    "python3.13": Life(date(2029, 6, 30), date(2029, 8, 31)),
    "python3.14": Life(date(2029, 6, 30), date(2029, 8, 31)),
}

"""The six fields of a cron expression: their ranges, names and wildcards."""

from dataclasses import dataclass

WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True)
class Field:
    """One field of a cron expression.

    Attributes:
        label: How messages call the field.
        low: Smallest value.
        high: Largest value.
        names: Names of the values, beginning with `low`; empty where the field has none.
        steps: Whether an increment (`/`) is documented for the field.
    """

    label: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    steps: bool = True

    def value(self, text: str) -> int | None:
        """Read a number or an upper-case name; None when the text is neither.

        The number is not checked against the range, so that the caller can say what is wrong.
        """
        if text in self.names:
            return self.low + self.names.index(text)
        return int(text) if text.isascii() and text.isdigit() and len(text) <= len("2199") else None

    @property
    def allowed(self) -> str:
        """The values in words, for a message."""
        numbers = f"{self.low}-{self.high}"
        return f"{numbers} or {self.names[0]}-{self.names[-1]}" if self.names else numbers


MINUTE = Field("minute", 0, 59)
HOUR = Field("hour", 0, 23)
DAY_OF_MONTH = Field("day of month", 1, 31)
MONTH = Field("month", 1, 12, MONTHS)
DAY_OF_WEEK = Field("day of week", 1, 7, WEEKDAYS, steps=False)
YEAR = Field("year", 1970, 2199)

FIELDS = (MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR)

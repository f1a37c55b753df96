"""What the desk cannot do, told to people."""

from __future__ import annotations


class DeskError(Exception):
    """The desk stops, and says why and what to do.

    Attributes:
        rule: Stable name of the mistake.
        hint: What to write or do instead; empty if there is nothing.
        status: Exit status: 1 where the environment refuses, 2 where the call is wrong.
    """

    def __init__(
        self, message: str, *, rule: str = "desk", hint: str = "", status: int = 2
    ) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.rule, self.hint, self.status = rule, hint, status

    def __str__(self) -> str:
        """Return it as lines for people."""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"error[{self.rule}]: {self.args[0]}{hint}"

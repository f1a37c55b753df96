"""Where a parser gave up, as judges of slips look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.manifest.positions import Place
    from generator.manifest.yaml_reader import Complaint


@dataclass(frozen=True, slots=True)
class Slip:
    """Where the parser gave up, and what it was reading.

    Attributes:
        context: What it was reading, in libyaml's words; empty if it does not say.
        problem: What it missed, likewise.
        place: Where it gave up.
        opened: Where that what it was reading began.
        lines: The text.
    """

    context: str
    problem: str
    place: "Place"
    opened: "Place"
    lines: Sequence[str]

    def line(self, number: int) -> str:
        """Return a line by its number, empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def said(place: "Place", message: str, hint: str) -> "Complaint":
    """Return what is said about text that is not YAML."""
    return place, "yaml-syntax", message, hint

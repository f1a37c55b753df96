"""Comparing how long things take: in one run, in turn, and only where the same was done.

A machine is faster in one minute than in the next. So the sides of a row take turns, and what is
stated is the median of the turns' ratios; the times beside it say what kind of machine it was.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class DifferentWorkError(Exception):
    """Two sides of a row did different things: their times say nothing of each other."""


@dataclass(frozen=True)
class Ran:
    """What one turn of a side was.

    Attributes:
        seconds: How long it took, for each unit of the row.
        work: What was done; equal on all sides, or there is no ratio.
        told: What is worth telling beside that, and may differ.
    """

    seconds: float
    work: Mapping[str, object]
    told: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Side:
    """One way of doing the work.

    Attributes:
        name: What it is called in the table.
        turn: Does the work once.
        goal: Most that ours may take of this side's time; none where it is only told.
    """

    name: str
    turn: Callable[[], Ran]
    goal: float | None = None


@dataclass(frozen=True)
class Row:
    """One kind of work, done by us and by others.

    Attributes:
        name: What is done.
        unit: What the time is for, such as `a message`.
        ours: Our side.
        others: What it is compared with; empty where it is only told.
        turns: Most turns, where one takes minutes; all of them count then.
    """

    name: str
    unit: str
    ours: Side
    others: tuple[Side, ...] = ()
    turns: int | None = None


@dataclass(frozen=True)
class Compared:
    """A side as it was measured.

    Attributes:
        side: The side.
        seconds: Median of its turns, for each unit.
        ratio: Median of what ours took of its time in the same turn; 1 for ours.
        told: What its last turn told.
    """

    side: Side
    seconds: float
    ratio: float
    told: Mapping[str, object]

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; none where there is none."""
        return None if self.side.goal is None else self.ratio <= self.side.goal


@dataclass(frozen=True)
class Measured:
    """A row with its numbers, ours first."""

    row: Row
    sides: tuple[Compared, ...]


def measured(row: Row, turns: int, *, warm: bool = True) -> Measured:
    """Let all sides of a row take `turns` turns each.

    Args:
        row: The row.
        turns: How many count.
        warm: Whether one that does not count goes before them, unless the row bounds its turns.

    Raises:
        DifferentWorkError: A side did other work than ours, or other work than before.
    """
    sides = (row.ours, *row.others)
    turns, warm = min(turns, row.turns or turns), warm and row.turns is None
    ran: dict[str, list[Ran]] = {side.name: [] for side in sides}
    for number in range(turns + warm):
        # Whoever follows finds the machine as the one before left it: each is sometimes first.
        for side in sides if number % 2 else reversed(sides):
            ran[side.name].append(side.turn())
        _same_work(row, {side.name: ran[side.name][-1] for side in sides})
    own = ran[row.ours.name][-turns:]
    return Measured(row, tuple(_compared(side, own, ran[side.name][-turns:]) for side in sides))


def _compared(side: Side, own: list[Ran], theirs: list[Ran]) -> Compared:
    ratios = [ours.seconds / other.seconds for ours, other in zip(own, theirs, strict=True)]
    median = statistics.median(each.seconds for each in theirs)
    return Compared(side, median, statistics.median(ratios), theirs[-1].told)


def _same_work(row: Row, ran: Mapping[str, Ran]) -> None:
    own = ran[row.ours.name].work
    for name, other in ran.items():
        if other.work != own:
            message = f"{row.name}: {row.ours.name} did {own}, {name} did {other.work}"
            raise DifferentWorkError(message)

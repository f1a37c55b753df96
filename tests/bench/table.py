"""Measured rows as a table of Markdown, and as data."""

from __future__ import annotations

import json
import os
import platform
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.bench.measuring import Compared, Measured

HEAD = "| work | ours | against | its time | ratio | goal |\n|---|---|---|---|---|---|"
_MICROSECONDS = 0.1


def lines(measured: Measured) -> str:
    """Return the lines of one row."""
    ours, *others = measured.sides
    name = f"{measured.row.name}, {measured.row.unit}"
    return "\n".join(
        f"| {name} | {time(ours.seconds)} | {other.side.name}{_calls(ours.told, other.told)} "
        f"| {time(other.seconds)} | {other.ratio:.3g} | {_goal(other)} |"
        for other in others
    )


def time(seconds: float) -> str:
    """Write a time in a unit that has two or three digits."""
    return f"{seconds:.2f} s" if seconds >= _MICROSECONDS else f"{seconds * 1e6:,.0f} us"


def machine() -> str:
    """Return what kind of machine this is; nothing that tells which."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def as_data(rows: Iterable[Measured]) -> str:
    """Return rows as JSON, to be compared with those of another day."""
    found = {
        row.row.name: {
            each.side.name: {"seconds": each.seconds, "ratio": round(each.ratio, 3)}
            for each in row.sides
        }
        for row in rows
    }
    return json.dumps({"machine": machine(), "rows": found}, indent=2) + "\n"


def _calls(ours: Mapping[str, object], other: Mapping[str, object]) -> str:
    """Say how many calls each side made, where that differs."""
    if "calls" not in ours or "calls" not in other or ours["calls"] == other["calls"]:
        return ""
    return f" ({other['calls']} calls for {ours['calls']})"


def _goal(other: Compared) -> str:
    if other.side.goal is None:
        return "-"
    return f"{other.side.goal:.3g}{'' if other.reached else ', missed'}"

"""The minutes of a day in which a run is due, and how many of them without a run are a miss."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

DAY = 24 * 60

PATIENCE = 15
"""Minutes a run may take to be seen: Scheduler starts within one, metrics take two or three."""

_LATE = 2
"""Minutes by which a run may be later, against its time, than the one before it."""

_PATIENCES: tuple[int, ...] = (
    *range(PATIENCE, PATIENCE + 4),
    *range(PATIENCE - 1, 9, -1),
    *range(19, 41),
)


def patience_for(times: Sequence[int]) -> int | None:
    """Return how many minutes in a row without a run are a miss.

    Either the time between two runs is longer, so that their windows do not touch, or it is
    shorter and a run in time lies between: what is equal would ring for nothing.

    Args:
        times: Minutes of the day at which runs are due, in order.
    """
    gaps = {later - earlier for earlier, later in pairwise(times)}
    gaps.add(DAY - times[-1] + times[0])
    for patience in _PATIENCES:
        if not any(gap <= patience <= gap + _LATE for gap in gaps):
            return patience
    return None


def windows(times: Iterable[int], patience: int, cycle: int) -> tuple[tuple[int, int], ...]:
    """Return begin and end of the windows in a cycle of minutes; touching ones are joined.

    What would reach into the next cycle ends with this one.
    """
    found: list[tuple[int, int]] = []
    for begin in times:
        end = min(begin + patience, cycle)
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return tuple(found)

"""The clock of a zone in metric math, which knows UTC alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from generator.schedules.zones import load_zone

HORIZON = (2026, 2038)
"""First year, and the year before which changes of the clock are known. A test tells in time."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Zone:
    """How a zone's clock differs from UTC within the horizon.

    Attributes:
        offset: Minutes ahead of UTC, most of the time that is not in `seasons`.
        shift: Further minutes ahead in the seasons.
        seasons: Begin and end of each other time, in seconds since 1970.
        repeated: Begin and end of what the clock shows twice, both times, likewise.
    """

    offset: int
    shift: int
    seasons: tuple[tuple[int, int], ...]
    repeated: tuple[tuple[int, int], ...]


@cache
def zone_of(name: str) -> Zone | None:
    """Return a zone's clock, or None where it has more than two ways to go in the horizon."""
    zone = load_zone(name)
    moment = datetime(HORIZON[0], 1, 1, tzinfo=UTC)
    end = datetime(HORIZON[1], 1, 1, tzinfo=UTC)
    changes = [(moment, _offset(moment, name))]
    while moment < end:
        following = moment + _DAY
        if following.astimezone(zone).utcoffset() != moment.astimezone(zone).utcoffset():
            change = _change(moment, following, name)
            changes.append((change, _offset(change, name)))
        moment = following
    offsets = sorted({offset for _, offset in changes})
    if len(offsets) > 2 or any(offset % 60 for offset in offsets):  # noqa: PLR2004 - two seasons
        return None
    spans = [*zip(changes, [*(at for at, _ in changes[1:]), end], strict=True)]
    low, high = offsets[0], offsets[-1]
    seasons = [(_epoch(at), _epoch(until)) for (at, ahead), until in spans if ahead != low]
    return Zone(
        offset=low // 60,
        shift=(high - low) // 60,
        seasons=tuple(seasons),
        repeated=tuple(
            (_epoch(until) - (high - low), _epoch(until) + (high - low))
            for (_, ahead), until in spans
            if ahead != low and until != end
        ),
    )


def _change(low: datetime, high: datetime, name: str) -> datetime:
    """Return the minute at which the clock changes between two moments."""
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(middle, name) == _offset(low, name):
            low = middle
        else:
            high = middle
    return high


def _offset(moment: datetime, name: str) -> int:
    found = moment.astimezone(load_zone(name)).utcoffset()
    assert found is not None
    return int(found.total_seconds())


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def within(spans: tuple[tuple[int, int], ...], series: str) -> str:
    """Return the expression that is 1 where the time of a series is in one of some spans."""
    now = f"EPOCH({series})"
    return " OR ".join(f"({now} >= {begin} AND {now} < {end})" for begin, end in spans)

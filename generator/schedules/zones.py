"""Time zones by their IANA name, from the `tzdata` package: the same on every machine."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from generator.schedules.problem import Problem, Slip

_ABBREVIATIONS = {
    "BST": "Europe/London",
    "CEST": "Europe/Berlin",
    "EDT": "America/New_York",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "MDT": "America/Denver",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "JST": "Asia/Tokyo",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
}


@cache
def zone_names() -> frozenset[str]:
    """Return every name that the database knows, old ones included."""
    return frozenset(files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def load_zone(name: str) -> ZoneInfo:
    """Return a zone by its exact name.

    Raises:
        KeyError: The database has no such zone.
    """
    if name not in zone_names():
        raise KeyError(name)
    path = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with path.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def zone_problem(name: str) -> Problem | None:
    """Return what is wrong with a zone's name and what was meant; None when it is right."""
    if name in zone_names():
        return None
    shown = name if len(name) <= len("America/Argentina/ComodRivadavia") * 2 else f"{name[:40]}..."
    message = f"{shown!r} is no IANA time zone"
    return Problem(Slip.ZONE, message, 0, len(name), _suggest(name))


def _suggest(name: str) -> str:
    """Return the zone that was probably meant, or an empty string."""
    wanted = name.strip().replace(" ", "_")
    if len(wanted) > len("America/Argentina/ComodRivadavia") * 2:
        return ""
    if wanted.upper() in _ABBREVIATIONS:
        return _ABBREVIATIONS[wanted.upper()]
    by_lower = {known.lower(): known for known in sorted(zone_names(), reverse=True)}
    if wanted.lower() in by_lower:
        return by_lower[wanted.lower()]
    cities = {
        known.rpartition("/")[2].lower(): known for known in sorted(zone_names(), reverse=True)
    }
    if wanted.lower() in cities:
        return cities[wanted.lower()]
    close = get_close_matches(wanted.lower(), list(by_lower), n=1, cutoff=0.75)
    return by_lower[close[0]] if close else ""

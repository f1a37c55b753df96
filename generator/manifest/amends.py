"""What to write instead of a value of the wrong kind: what was meant, as the manifest says it."""

import re
from collections.abc import Mapping

from generator.manifest.flow import entry, flow
from generator.manifest.types import SECONDS, duration_text

_UNITS: Mapping[str, float] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), SECONDS["s"]),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), SECONDS["m"]),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), SECONDS["h"]),
    **dict.fromkeys(("d", "day", "days"), SECONDS["d"]),
    **dict.fromkeys(("w", "wk", "week", "weeks"), 7 * SECONDS["d"]),
    **dict.fromkeys(("ms", "milliseconds"), 0.001),
}
_SPAN = re.compile(r"(\d+(?:\.\d{1,3})?)\s*([a-z]*)")
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SIZE = re.compile(r"(\d{1,7}(?:\.\d+)?)\s*(mb|mib|m|gb|gib|g)?", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?(?:\s*[A-Za-z]+)?")
_CHOICES: Mapping[str, str] = {
    **dict.fromkeys(("arm", "aarch64", "graviton", "armv8"), "arm64"),
    **dict.fromkeys(("x86", "x64", "amd64", "intel", "x86-64", "i386"), "x86_64"),
    **dict.fromkeys(("no", "false", "forbid", "none", "never", "single", "block"), "skip"),
    **dict.fromkeys(("yes", "true", "parallel", "always"), "allow"),
    "v1": "1",
    "1.0": "1",
}
_WRAPPED = re.compile(r"(rate|cron|at)\((.*)\)", re.IGNORECASE)
_RATE = re.compile(r"\d+ +(?:minute|hour|day)s?")
_LONGEST = 10**9

MEGABYTES = frozenset({"memory_size", "ephemeral_storage"})
"""Sizes, which are whole numbers of MB."""

_DEFAULT_DURATION = "write a whole number and one unit of s, m, h, d, such as 60s"


def duration(key: str, value: object) -> str:
    """Return the duration that was meant."""
    seconds = _seconds_of(value, SECONDS["d"] if "retention" in key else 1)
    if seconds is None or seconds > _LONGEST or seconds != int(seconds):
        return _DEFAULT_DURATION
    return f"write `{key}: {duration_text(int(seconds))}`"


def whole_number(key: str, value: object) -> str:
    """Return the whole number that was meant, in MB where it is a size; empty if unclear."""
    text = str(value).strip()
    if key in MEGABYTES and (size := _SIZE.fullmatch(text)):
        factor = 1024 if (size[2] or "m").lower().startswith("g") else 1
        return f"write `{key}: {int(float(size[1]) * factor)}`, in MB without a unit"
    if not isinstance(value, bool | list | dict) and (whole := _WHOLE.fullmatch(text)):
        return f"write `{key}: {int(whole[1])}`"
    return ""


def truth(key: str, value: object) -> str:
    """Return true or false, whichever was meant."""
    if str(value).lower() in {"true", "yes", "on", "1", "enabled", "y"}:
        return f"write `{key}: true`"
    if str(value).lower() in {"false", "no", "off", "0", "disabled", "n"}:
        return f"write `{key}: false`"
    return ""


def text(key: str, value: object) -> str:
    """Return the text that was meant: quoted, where it reads like something else."""
    if key == "runtime" and isinstance(value, int | float):
        return f"write `runtime: python{value}`"
    if isinstance(value, list) and len(value) == 1:
        return f"write `{entry(key, value[0])}`"
    if isinstance(value, list | dict) or value is None:
        return ""
    return f'write `{key}: "{flow(value)}"`, in quotes'


def item(value: object) -> str:
    """Return what was meant by an item of a list of texts: the same, quoted."""
    if isinstance(value, list) and len(value) == 1:
        return f"write `{flow(value[0])}`"
    plain = isinstance(value, bool | int | float)
    return f'write `"{flow(value)}"`, in quotes' if plain else ""


def listed(key: str, value: object, example: object) -> str:
    """Return the list that was meant."""
    if isinstance(value, str) and value.startswith("-"):
        return "write a space behind the hyphen of an item"
    if key == "schedule" and isinstance(value, str | dict):
        run = dict(value) if isinstance(value, dict) else _run(value)
        return f"write `schedule: [{flow({'name': 'nightly', **run})}]`"
    if isinstance(value, str):
        return f"write `{entry(key, [word.strip() for word in value.split(',') if word.strip()])}`"
    if isinstance(value, bool | int | float):
        return f'write `{key}: ["{flow(value)}"]`'
    if isinstance(value, dict) and value and all(inner in (None, True) for inner in value.values()):
        return f"write `{entry(key, list(value))}`"
    return example_of(key, example)


def mapped(key: str, value: object, example: object) -> str:
    """Return the map that was meant."""
    if key == "idempotency" and isinstance(value, str | list):
        return f"write `{entry(key, {'key': value if isinstance(value, list) else [value]})}`"
    if key == "backoff" and (said := duration("base", value)) != _DEFAULT_DURATION:
        return f"write `backoff: {{{said.removeprefix('write `').removesuffix('`')}}}`"
    if isinstance(value, list) and value and all(_assignment(item) for item in value):
        pairs = dict(str(item).split("=", 1) for item in value)
        return f"write `{entry(key, pairs)}`"
    return example_of(key, example)


def choice(key: str, value: object) -> str:
    """Return the word that the manifest has for a choice; empty if it is unheard of."""
    if key == "version":
        return "write `version: 1`: there is no other"
    word = _CHOICES.get(str(value).lower(), "")
    return f"write `{key}: {word}`" if word else ""


def example_of(key: str, example: object) -> str:
    """Return an example of what to write, empty if there is none."""
    return "" if example is None else f"write, for example, `{entry(key, example)}`"


def _seconds_of(value: object, unit_of_a_number: float) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * unit_of_a_number
    if not isinstance(value, str):
        return None
    plain = value.strip().lower()
    iso = _ISO.fullmatch(value.strip())
    if iso and any(iso.groups()):
        factors = (7 * SECONDS["d"], SECONDS["d"], SECONDS["h"], SECONDS["m"], 1)
        return sum(int(part or 0) * by for part, by in zip(iso.groups(), factors, strict=True))
    spans = _SPAN.findall(plain)
    if not spans or _SPAN.sub("", plain).replace("and", "").strip(" ,"):
        return None
    units = [_UNITS.get(unit, unit_of_a_number if not unit else None) for _, unit in spans]
    if any(unit is None for unit in units):
        return None
    return sum(float(count) * (unit or 0) for (count, _), unit in zip(spans, units, strict=True))


def _run(expression: str) -> dict[str, object]:
    """Return a schedule of what stands where its list should be, its `rate( )` taken off."""
    wrapped = _WRAPPED.fullmatch(expression.strip())
    kind, inner = (wrapped[1].lower(), wrapped[2].strip()) if wrapped else ("", expression)
    if kind == "rate" or _RATE.fullmatch(inner):
        return {"rate": inner}
    return {kind if kind == "at" else "cron": inner, "timezone": "UTC"}


def _assignment(item: object) -> bool:
    return isinstance(item, str) and re.fullmatch(r"\w+=.*", item) is not None

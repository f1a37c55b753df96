"""How a schedule of the manifest is spelt for EventBridge Scheduler."""

import re

_RATE = re.compile(r"^([1-9][0-9]*)\s+(minute|hour|day)s?$")


def expression_of(cron: str | None, rate: str | None, at: str | None) -> str:
    """Return the expression; empty if none is given.

    A wrong one is passed on as it is: `generator.schedules` says elsewhere what is wrong with it.
    """
    if cron is not None:
        return f"cron({' '.join(cron.split())})"
    if rate is not None:
        return f"rate({_rate(rate)})"
    if at is not None:
        return f"at({at.strip()})"
    return ""


def _rate(rate: str) -> str:
    """Scheduler's sibling, EventBridge Rules, insists on `1 minute` but `2 minutes`; so do we."""
    match = _RATE.match(rate.strip())
    if match is None:
        return rate.strip()
    return f"{match[1]} {match[2]}{'' if match[1] == '1' else 's'}"

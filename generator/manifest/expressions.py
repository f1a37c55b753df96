"""How a schedule of the manifest is spelt for EventBridge Scheduler."""


def expression_of(cron: str | None, rate: str | None, at: str | None) -> str:
    """Return the expression; empty if none is given.

    A wrong one is passed on as it is: the rules about schedules say what is wrong with it.
    """
    if cron is not None:
        return f"cron({' '.join(cron.split())})"
    if rate is not None:
        return f"rate({' '.join(rate.split())})"
    if at is not None:
        return f"at({at.strip()})"
    return ""

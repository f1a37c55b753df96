"""Propose the expression that was probably meant; the caller checks that the proposal is right."""

import re

from generator.schedules.fields import DAY_OF_WEEK, FIELDS, HOUR, MINUTE, MONTH, WEEKDAYS, Field

_ALIASES = {
    "@yearly": "0 0 1 1 ? *",
    "@annually": "0 0 1 1 ? *",
    "@monthly": "0 0 1 * ? *",
    "@weekly": "0 0 ? * SUN *",
    "@daily": "0 0 * * ? *",
    "@midnight": "0 0 * * ? *",
    "@hourly": "0 * * * ? *",
}
_QUOTES = "\"'`\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_BACKWARDS = re.compile(r"(?<![A-Z0-9/])([A-Z0-9]+)-([A-Z0-9]+)(?![A-Z0-9/])")


def corrected(expression: str) -> str:
    """Return the expression with the usual slips mended; empty where there is no good guess.

    Mended are: quotes and `cron( )` around the fields, aliases, Unix cron's five fields, a seconds
    field, small letters, the day fields, Unix cron's Sunday, and ranges that run backwards.
    """
    text = expression.strip().strip(_QUOTES).strip()
    if text.lower().startswith("cron("):
        text = text[len("cron(") :].removesuffix(")").strip()
    if text.startswith("@"):
        return _ALIASES.get(text.lower(), "")
    words = text.upper().split()
    unix_days = False
    if len(words) == len(FIELDS) - 1:
        words, unix_days = [*words, "*"], True
    elif len(words) == len(FIELDS) + 1 and words[0].isdigit():
        words = words[1:]
    elif len(words) == len(FIELDS) and words[5] == "?" and words[0].isdigit():
        words = [*words[1:], "*"]
    if len(words) != len(FIELDS):
        return ""
    minute, hour, month_day, month, week_day, year = words
    if unix_days or re.search(r"(?<![0-9#/])0(?![0-9])", week_day):
        week_day = _unix_week_days(week_day)
    month_day, week_day = _one_question_mark(month_day, week_day)
    minute, hour, month, week_day = (
        _split_backwards(field, word)
        for field, word in ((MINUTE, minute), (HOUR, hour), (MONTH, month), (DAY_OF_WEEK, week_day))
    )
    return f"{minute} {hour} {month_day} {month} {week_day} {year}"


def _one_question_mark(month_day: str, week_day: str) -> tuple[str, str]:
    """Leave what the author restricted and make the other day field `?`."""
    if month_day == week_day == "?":
        return "*", "?"
    if "?" in (month_day, week_day):
        return month_day, week_day
    if week_day == "*":
        return month_day, "?"
    if month_day == "*":
        return "?", week_day
    return month_day, week_day


def _unix_week_days(text: str) -> str:
    """Turn Unix cron's days of week (0 or 7 is Sunday) into names; leave what is none."""
    if text in ("*", "?"):
        return text
    days: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"(\*|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:/([1-7]))?", part)
        first, last = (_unix_day(match[1]), _unix_day(match[2] or "")) if match else (None, None)
        if not match or (first is None and match[1] != "*") or (last is None and match[2]):
            return text
        low = 0 if first is None else first
        high = last if last is not None else 6 if match[1] == "*" or match[3] else low
        days.update(day % 7 for day in range(low, high + 1, int(match[3] or 1)))
    return _day_names(days) or text


def _unix_day(text: str) -> int | None:
    """Return Unix cron's number of a day, 0 to 7, or None."""
    if text in WEEKDAYS:
        return WEEKDAYS.index(text)
    return int(text) if re.fullmatch("[0-7]", text) else None


def _day_names(days: set[int]) -> str:
    """Write days, 0 being Sunday, as names; three or more in a row as a range."""
    if len(days) == len(WEEKDAYS):
        return "*"
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    shortest_range = 3
    words = (
        [f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}"]
        if len(run) >= shortest_range
        else [WEEKDAYS[day] for day in run]
        for run in runs
    )
    return ",".join(word for group in words for word in group)


def _split_backwards(field: Field, text: str) -> str:
    """Write a range that runs over the end of the field (22-2) as two (22-23,0-2)."""

    def split(match: re.Match[str]) -> str:
        first, last = field.value(match[1]), field.value(match[2])
        if first is None or last is None or first <= last:
            return match[0]
        names = field.names or tuple(str(value) for value in range(field.low, field.high + 1))
        return f"{_range(match[1], names[-1])},{_range(names[0], match[2])}"

    return _BACKWARDS.sub(split, text)


def _range(first: str, last: str) -> str:
    """Write a range, or the one value where both ends are the same."""
    return first if first == last else f"{first}-{last}"

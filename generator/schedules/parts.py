"""Read one comma-separated field of a cron expression into its values, collecting every mistake."""

import re
from collections.abc import Iterator

from generator.schedules.fields import DAY_OF_WEEK, Field
from generator.schedules.problem import Problem, Slip

_PART = re.compile(r"(?P<first>\*|[A-Za-z0-9]+)(?:-(?P<last>[A-Za-z0-9]+))?(?:/(?P<step>[0-9]+))?")


def split_parts(text: str, offset: int) -> Iterator[tuple[str, int]]:
    """Yield the comma-separated parts of a field, each with its offset in the expression."""
    for part in text.split(","):
        yield part, offset
        offset += len(part) + 1


def read_values(field: Field, text: str, offset: int, problems: list[Problem]) -> frozenset[int]:
    """Return the values of a field that uses `, - * /` only.

    Args:
        field: What the text is read as.
        text: The field's text.
        offset: Place of the text in the expression.
        problems: Receives what is wrong; the returned values mean nothing when it grows.
    """
    values: set[int] = set()
    for part, start in split_parts(text, offset):
        values.update(_read_part(field, part, start, problems))
    return frozenset(values)


def _read_part(field: Field, part: str, start: int, problems: list[Problem]) -> range:
    """Return the values of one part: `*`, a value, a range, each with or without an increment."""
    end = start + len(part)
    match = _PART.fullmatch(part)
    if not match or (match["first"] == "*" and match["last"]):
        what = f"{part!r} is no {field.label}" if part else f"a {field.label} is missing"
        problems.append(Problem(Slip.SYNTAX, f"{what}; it takes {field.allowed}", start, end))
        return range(0)
    before = len(problems)
    low, high = field.low, field.high
    if match["first"] != "*":
        low = read_value(field, match["first"], start, problems)
        high = low if match["step"] is None else field.high
    if match["last"]:
        high = read_value(field, match["last"], start + match.start("last"), problems)
    if len(problems) > before:
        return range(0)
    if low > high:
        message = f"the {field.label} range {part} runs backwards; write it as two ranges"
        problems.append(Problem(Slip.RANGE, message, start, end))
        return range(0)
    return range(low, high + 1, _read_step(field, match, start, problems))


def read_value(field: Field, text: str, start: int, problems: list[Problem]) -> int:
    """Return one number or name of a field; on a mistake, its lowest value and a problem."""
    end = start + len(text)
    value = field.value(text)
    if value is None:
        if field.value(text.upper()) is not None:
            message = f"{text} must be written in capitals: {text.upper()}"
            problems.append(Problem(Slip.NAME_CASE, message, start, end))
        else:
            message = f"{text!r} is no {field.label}; it takes {field.allowed}"
            problems.append(Problem(Slip.SYNTAX, message, start, end))
        return field.low
    if field is DAY_OF_WEEK and value == 0:
        message = "0 is no day of the week; the Scheduler counts from 1 = SUN to 7 = SAT"
        problems.append(Problem(Slip.SUNDAY, message, start, end))
        return field.low
    if not field.low <= value <= field.high:
        message = f"{text} is no {field.label}; it takes {field.allowed}"
        problems.append(Problem(Slip.RANGE, message, start, end))
        return field.low
    return value


def _read_step(field: Field, match: re.Match[str], start: int, problems: list[Problem]) -> int:
    """Return the increment of a part, 1 where it has none."""
    text = match["step"]
    if text is None:
        return 1
    place = start + match.start("step")
    if not field.steps:
        message = f"the {field.label} takes no increment (/); list the days instead"
        problems.append(Problem(Slip.STEP, message, place - 1, place + len(text)))
        return 1
    largest = field.high - field.low
    step = int(text) if len(text) <= len("2199") else largest + 1
    if not 1 <= step <= largest:
        message = f"the increment {text} does not fit; the {field.label} takes 1-{largest}"
        problems.append(Problem(Slip.STEP, message, place, place + len(text)))
        return 1
    return step

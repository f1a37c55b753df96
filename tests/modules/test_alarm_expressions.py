"""What the alarms compute, on queues and work that are played minute by minute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import hcl2
import pytest

from tests.metric_math import MetricMathError, Series, Sheet
from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MINUTE = 60


def alarms(path: str) -> dict[str, dict[str, Any]]:
    """Return the alarms that a file of the module names, with their parts as they are written."""
    text = (MODULES / "alarms" / path).read_text(encoding="utf-8")
    (names,) = hcl2.loads(text)["locals"]
    found = next(value for key, value in names.items() if key.startswith("on_the_"))
    return {key.strip('"'): body for key, body in found.items() if isinstance(body, dict)}


ALARMS = {**alarms("queue.tf"), **alarms("work.tf")}


def points(kind: str, period: int = MINUTE, **metrics: Sequence[float | None]) -> list[float]:
    """Return an alarm's values; a metric's None is a period without a value."""
    length = max(map(len, metrics.values()))
    measured: dict[str, Series] = {
        name: {at * period: value for at, value in enumerate(values) if value is not None}
        for name, values in metrics.items()
    }
    expressions = {k: v.strip('"') for k, v in ALARMS[kind]["expressions"].items() if k[0] != "_"}
    found = Sheet(range(0, length * period, period), measured, expressions).series("alarm")
    return [found.get(at * period, -1) for at in range(length)]


def test_only_what_comes_on_top_of_other_letters_is_growth() -> None:
    """The first ones ring as dead letters, and once; looking and replaying are no growth."""
    found = points("growing", 300, visible=[0, 3, 3, 5, 5, 2, 0, 1], hidden=[None] * 8)
    assert [value >= 1 for value in found] == [False] * 3 + [True] + [False] * 4

    looked_at = points("growing", 300, visible=[3, 0, 3], hidden=[None, 3, None])
    assert [value >= 1 for value in looked_at] == [False] * 3


def test_a_dead_letter_queue_that_wakes_is_no_growth() -> None:
    """Before the first value there is none to compare with."""
    assert all(value < 1 for value in points("growing", 300, visible=[None, None, 4], hidden=[]))


@pytest.mark.parametrize(
    ("waiting", "received", "stands"),
    [
        ([4, 4, 4], [0, 0, 0], [1, 1, 1]),
        ([4, 4, 4], [None, None, None], [1, 1, 1]),
        ([4, 3, 2], [2, 2, 2], [0, 0, 0]),
        ([0, 0, 0], [0, 0, 0], [0, 0, 0]),
        ([None, None, None], [None, 1, None], [-1, 0, -1]),
    ],
)
def test_a_queue_stands_still_where_messages_wait_and_none_is_received(
    waiting: list[float | None], received: list[float | None], stands: list[float]
) -> None:
    """Without a receive there may be no value at all: that is none received."""
    assert points("stalled", waiting=waiting, received=received) == stands


@pytest.mark.parametrize(
    ("failed", "done", "rate"),
    [
        (5, 5, 50),
        (5, None, 0),
        (10, None, 100),
        (None, 40, 0),
        (4, 6, 40),
        (9, 0, 0),
    ],
)
def test_attempts_fail_in_numbers_before_it_is_a_rate(
    failed: float | None, done: float | None, rate: float
) -> None:
    """One message that uses up its attempts is the dead-letter alarm's."""
    (found,) = points("failing", 900, failed=[failed], done=[done])

    assert found == rate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a < b)", {0: 0, 1: 0, 2: 1, 3: 0}),
        ("(a >= 30)", {0: 1, 1: 0, 2: 0, 3: 0}),
        ("(a > 15 AND b > 15)", {0: 1, 1: 0, 2: 0, 3: 0}),
        ("IF(c, b, a)", {0: 20, 1: 0, 2: 0, 3: 0}),
        ("IF(c, 5, b)", {0: 5, 1: 5, 2: 20}),
        ("a / b", {0: 1.5, 2: 0}),
        ("DIFF(a)", {1: -10, 2: -20, 3: 0}),
        ("-a + 2 * b", {0: 10, 1: -20, 2: 40, 3: 0}),
        ("FLOOR(a / 7)", {0: 4, 1: 2, 2: 0, 3: 0}),
        ("MINUTE(b) == 0 || a > 15 && b > 15", {0: 1, 1: 1, 2: 1, 3: 1}),
    ],
)
def test_metric_math_is_what_the_user_guide_says(text: str, expected: Mapping[int, float]) -> None:
    """The guide's own examples of comparison, and of `IF` with values that are missing."""
    metrics: dict[str, Series] = {
        "a": {0: 30, 1: 20, 2: 0, 3: 0},
        "b": {0: 20, 2: 20},
        "c": {0: 1, 1: 1, 2: 0, 3: 0},
    }

    assert Sheet(range(4), metrics, {"it": text}).series("it") == expected


@pytest.mark.parametrize("text", ["a +", "(a", "MAX(a)", "a ? b", "b", "IF(1, a, 0)", "a a"])
def test_what_is_no_metric_math_is_refused(text: str) -> None:
    """An expression that is not understood is no number."""
    with pytest.raises(MetricMathError):
        Sheet(range(1), {"a": {0: 1.0}}, {"it": text}).series("it")


def test_ids_are_what_cloudwatch_takes() -> None:
    """They begin with a small letter and hold letters, digits and underscores."""
    ids = [
        name
        for alarm in ALARMS.values()
        for part in ("metrics", "expressions")
        for name in (alarm[part] if isinstance(alarm[part], dict) else ())
        if not name.startswith("__")
    ]

    assert len(ids) > 8
    assert [name for name in ids if not re.fullmatch("[a-z][a-zA-Z0-9_]*", name)] == []

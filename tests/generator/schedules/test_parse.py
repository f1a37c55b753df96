"""What the parsers refuse: the kind, the place and the proposal of every slip."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.schedules import (
    ExpressionError,
    Problem,
    Slip,
    corrected,
    parse_at,
    parse_cron,
    parse_rate,
)
from tests.generator.schedules.expressions import expressions


def problems_of(parse: Callable[[str], object], expression: str) -> tuple[Problem, ...]:
    """Return what a parser says against an expression; nothing when it parses."""
    try:
        parse(expression)
    except ExpressionError as error:
        return error.problems
    return ()


CRON = [
    ("0 9 * * 1-5", Slip.FIELDS, "0 9 * * 1-5", "0 9 ? * MON-FRI *"),
    ("*/5 * * * *", Slip.FIELDS, "*/5 * * * *", "*/5 * * * ? *"),
    ("0 0 1 * 1", Slip.FIELDS, "0 0 1 * 1", ""),
    ("0 0 * * 5-7", Slip.FIELDS, "0 0 * * 5-7", "0 0 ? * SUN,FRI,SAT *"),
    ("0 0 * * 0,6", Slip.FIELDS, "0 0 * * 0,6", "0 0 ? * SUN,SAT *"),
    ("0 0 * * */2", Slip.FIELDS, "0 0 * * */2", "0 0 ? * SUN,TUE,THU,SAT *"),
    ("0 0 12 ? * MON-FRI *", Slip.FIELDS, "0 0 12 ? * MON-FRI *", "0 12 ? * MON-FRI *"),
    ("0 0 12 * * ?", Slip.SYNTAX, "?", "0 12 * * ? *"),
    ("", Slip.FIELDS, "", ""),
    ("@daily", Slip.ALIAS, "@daily", "0 0 * * ? *"),
    ("@reboot", Slip.ALIAS, "@reboot", ""),
    ("cron(0 9 * * ? *)", Slip.WRAPPED, "cron(0 9 * * ? *)", "0 9 * * ? *"),
    ("0 9 * * * *", Slip.DAY_FIELDS, "*", "0 9 * * ? *"),
    ("0 9 * * MON *", Slip.DAY_FIELDS, "MON", "0 9 ? * MON *"),
    ("0 9 1 * MON *", Slip.DAY_FIELDS, "MON", ""),
    ("0 9 ? * ? *", Slip.DAY_FIELDS, "?", "0 9 * * ? *"),
    ("0 9 ? * 0 *", Slip.SUNDAY, "0", "0 9 ? * SUN *"),
    ("0 9 ? * 0-4 *", Slip.SUNDAY, "0", "0 9 ? * SUN-THU *"),
    ("0 9 ? * mon *", Slip.NAME_CASE, "mon", "0 9 ? * MON *"),
    ("0 9 1 jan ? *", Slip.NAME_CASE, "jan", "0 9 1 JAN ? *"),
    ("60 9 * * ? *", Slip.RANGE, "60", ""),
    ("0 24 * * ? *", Slip.RANGE, "24", ""),
    ("0 9 * 13 ? *", Slip.RANGE, "13", ""),
    ("0 9 * * ? 2200", Slip.RANGE, "2200", ""),
    ("0 22-2 * * ? *", Slip.RANGE, "22-2", "0 22-23,0-2 * * ? *"),
    ("0 9 ? * FRI-SUN *", Slip.RANGE, "FRI-SUN", "0 9 ? * FRI-SAT,SUN *"),
    ("0/0 9 * * ? *", Slip.STEP, "0", ""),
    ("0 0/24 * * ? *", Slip.STEP, "24", ""),
    ("0 9 ? * 2/2 *", Slip.STEP, "/2", ""),
    ("0 9 ? * 3#1,6#3 *", Slip.DAY_MARK, "3#1,6#3", ""),
    ("0 9 ? * 3#6 *", Slip.DAY_MARK, "6", ""),
    ("0 9 1W,15W * ? *", Slip.DAY_MARK, "1W,15W", ""),
    ("0 9 L-3 * ? *", Slip.DAY_MARK, "L-3", ""),
    ("0 9 ? * 15W *", Slip.DAY_MARK, "15W", ""),
    ("0 9 ? * MONDAY *", Slip.SYNTAX, "MONDAY", ""),
    ("0 9 *, * ? *", Slip.SYNTAX, "", ""),
    ("H 9 * * ? *", Slip.SYNTAX, "H", ""),
    ("0 " * 200, Slip.LENGTH, "0 " * 200, ""),
]


@pytest.mark.parametrize(("expression", "slip", "place", "suggestion"), CRON)
def test_a_cron_slip_is_named_placed_and_mended(
    expression: str, slip: Slip, place: str, suggestion: str
) -> None:
    """A refused cron expression says what, where and what was probably meant."""
    with pytest.raises(ExpressionError) as caught:
        parse_cron(expression)

    problem = next(problem for problem in caught.value.problems if problem.slip is slip)
    assert place == expression[problem.start : problem.end]
    assert suggestion == problem.suggestion


def test_every_slip_of_an_expression_is_found() -> None:
    """Three wrong fields give three problems, in their order."""
    with pytest.raises(ExpressionError) as caught:
        parse_cron("61 9 1W,2W * ? 2300")

    assert [problem.slip for problem in caught.value.problems] == [
        Slip.RANGE,
        Slip.DAY_MARK,
        Slip.RANGE,
    ]


@pytest.mark.parametrize(
    ("expression", "slip", "place", "suggestion"),
    [
        ("5 minute", Slip.RATE_UNIT, "minute", "5 minutes"),
        ("1 hours", Slip.RATE_UNIT, "hours", "1 hour"),
        ("5minutes", Slip.RATE_UNIT, "minutes", "5 minutes"),
        ("15m", Slip.RATE_UNIT, "m", "15 minutes"),
        ("120 seconds", Slip.RATE_UNIT, "seconds", "2 minutes"),
        ("90 seconds", Slip.RATE_UNIT, "seconds", ""),
        ("2 weeks", Slip.RATE_UNIT, "weeks", "14 days"),
        ("0 days", Slip.RATE_VALUE, "0", ""),
        ("every 5 minutes", Slip.RATE_FORM, "every 5 minutes", "5 minutes"),
        ("1.5 hours", Slip.RATE_FORM, "1.5 hours", ""),
        ("", Slip.RATE_FORM, "", ""),
        ("rate(1 day)", Slip.WRAPPED, "rate(1 day)", "1 day"),
        ("1" * 300, Slip.LENGTH, "1" * 300, ""),
    ],
)
def test_a_rate_slip_is_named_placed_and_mended(
    expression: str, slip: Slip, place: str, suggestion: str
) -> None:
    """A refused rate says what, where and what was probably meant."""
    with pytest.raises(ExpressionError) as caught:
        parse_rate(expression)

    (problem,) = caught.value.problems
    assert (slip, place, suggestion) == (
        problem.slip,
        expression[problem.start : problem.end],
        problem.suggestion,
    )


@pytest.mark.parametrize(
    ("expression", "slip", "place", "suggestion"),
    [
        ("2027-03-01", Slip.AT_FORM, "2027-03-01", "2027-03-01T00:00:00"),
        ("2027-03-01 06:00", Slip.AT_FORM, "2027-03-01 06:00", "2027-03-01T06:00:00"),
        ("2027-03-01T06:00:00Z", Slip.AT_OFFSET, "Z", "2027-03-01T06:00:00"),
        ("2027-03-01T06:00:00+02:00", Slip.AT_OFFSET, "+02:00", "2027-03-01T06:00:00"),
        ("2027-02-30T06:00:00", Slip.AT_DATE, "2027-02-30T06:00:00", ""),
        ("tomorrow", Slip.AT_FORM, "tomorrow", ""),
        ("at(2027-03-01T06:00:00)", Slip.WRAPPED, "at(2027-03-01T06:00:00)", "2027-03-01T06:00:00"),
    ],
)
def test_an_at_slip_is_named_placed_and_mended(
    expression: str, slip: Slip, place: str, suggestion: str
) -> None:
    """A refused one-time expression says what, where and what was probably meant."""
    with pytest.raises(ExpressionError) as caught:
        parse_at(expression)

    (problem,) = caught.value.problems
    assert (slip, place, suggestion) == (
        problem.slip,
        expression[problem.start : problem.end],
        problem.suggestion,
    )


@settings(max_examples=300, deadline=None)
@given(expression=expressions())
def test_what_is_right_stays_as_it_is(expression: str) -> None:
    """A right expression parses, and the mending leaves it alone."""
    parse_cron(expression)

    assert expression == corrected(expression)


@settings(max_examples=500, deadline=None)
@given(expression=st.text(alphabet="0123456789 */,-?LW#@MONSUjan()", max_size=40))
@example(expression="0 9 ? * SUN#0 *")
def test_any_text_parses_or_is_refused_with_places_inside(expression: str) -> None:
    """A parser raises its own error or nothing, and every proposal is itself right."""
    for parse in (parse_cron, parse_rate, parse_at):
        for problem in problems_of(parse, expression):
            assert 0 <= problem.start <= problem.end <= len(expression)
            assert not problem.suggestion or not problems_of(parse, problem.suggestion)

"""Hypothesis strategies for cron expressions that the Scheduler accepts."""

from hypothesis import strategies as st

from generator.schedules.fields import DAY_OF_MONTH, HOUR, MINUTE, MONTHS, WEEKDAYS


def _parts(
    low: int, high: int, names: tuple[str, ...] = (), *, steps: bool = True
) -> st.SearchStrategy[str]:
    """Return one part of a field: a value, a range or an increment."""
    spellings = st.integers(low, high).flatmap(
        lambda value: st.sampled_from([str(value), names[value - low]] if names else [str(value)])
    )
    pairs = st.tuples(st.integers(low, high), st.integers(low, high)).map(sorted)
    ranges = pairs.map(lambda pair: f"{pair[0]}-{pair[1]}")
    plain = st.one_of(spellings, ranges, st.just("*"))
    if not steps:
        return plain
    increments = st.builds("{}/{}".format, plain, st.integers(1, high - low))
    return st.one_of(plain, increments)


def _lists(
    low: int, high: int, names: tuple[str, ...] = (), *, steps: bool = True
) -> st.SearchStrategy[str]:
    """Return a whole field of up to three parts."""
    return st.lists(_parts(low, high, names, steps=steps), min_size=1, max_size=3).map(",".join)


_month_days = st.one_of(
    _lists(DAY_OF_MONTH.low, DAY_OF_MONTH.high),
    st.just("L"),
    st.just("LW"),
    st.integers(1, 31).map("{}W".format),
)
_week_day = st.one_of(st.integers(1, 7).map(str), st.sampled_from(WEEKDAYS))
_week_days = st.one_of(
    _lists(1, 7, WEEKDAYS, steps=False),
    st.just("L"),
    _week_day.map("{}L".format),
    st.builds("{}#{}".format, _week_day, st.integers(1, 5)),
)
day_fields = st.one_of(
    st.tuples(_month_days, st.just("?")),
    st.tuples(st.just("?"), _week_days),
)
months = st.one_of(st.just("*"), _lists(1, 12, MONTHS))
years = st.one_of(st.just("*"), st.just("*"), _lists(2020, 2040))


def expressions() -> st.SearchStrategy[str]:
    """Return whole expressions over every wildcard of the reference."""
    return st.builds(
        lambda minute, hour, days, month, year: (
            f"{minute} {hour} {days[0]} {month} {days[1]} {year}"
        ),
        _lists(MINUTE.low, MINUTE.high),
        _lists(HOUR.low, HOUR.high),
        day_fields,
        months,
        years,
    )

"""No sensitive value of any type leaves a worker in any spelling, by any way out."""

import ast
import base64
import datetime as dt
import html
import io
import json
import logging
import sys
import uuid
from collections.abc import Callable, Mapping
from random import Random
from typing import Annotated, Any, ClassVar
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from clarivum_jobs import JobContext, JobContract, Payload, enqueue
from clarivum_jobs.contract.formats import Date, DateTime, Sensitive, Time, Uuid
from clarivum_jobs.privacy.sensitive import HIDDEN, Redactor, hiding, sensitive_values
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.worker import Worker

WAYS: list[Callable[[str], str]] = [
    str,
    lambda text: "".join(one.upper() if one.isascii() else one for one in text),
    repr,
    ascii,
    json.dumps,
    lambda text: json.dumps(text, ensure_ascii=False),
    lambda text: json.dumps({"body": json.dumps({"value": text})}),
    lambda text: quote(text, safe=""),
    quote,
    quote_plus,
    lambda text: urlencode({"a": text}),
    html.escape,
    lambda text: repr(text.encode()),
    lambda text: str([{"value": text}]),
    lambda text: base64.b64encode(text.encode()).decode(),
]
# Of these letters no surrounding text of the tests is made.
VALUES = st.text(alphabet="QXZJ@ '\"<&\\é\u00a0ß😀\n+/", min_size=4, max_size=90)
AROUND = st.text(alphabet="abc =:,.-", max_size=12)


@given(VALUES, st.sampled_from(WAYS), AROUND, AROUND)
def test_value_is_hidden_in_every_spelling(
    value: str, way: Callable[[str], str], before: str, after: str
) -> None:
    """Nothing of it is left, and nothing of what stands around it is lost."""
    written = way(value)
    cleaned = Redactor({value}).clean(f"{before}{written}{after}")

    assert HIDDEN in cleaned
    for mark in "QXZJ":
        assert mark not in cleaned.replace(HIDDEN, "").upper() or mark not in value.upper()
    assert cleaned.startswith(before)
    assert cleaned.endswith(after)


@settings(max_examples=50)
@given(st.integers(0), st.integers(0, 1_900), st.integers(63, 400))
def test_a_part_of_a_long_value_is_hidden_too(seed: int, start: int, size: int) -> None:
    """What was cut out of a page tells as much as the page: sixty-three characters are found."""
    value = "".join(Random(seed).choices('QXZJ <>"&', k=2_400))  # noqa: S311 - a text to hide, no secret
    part = value[start : start + size].strip()

    cleaned = Redactor({value}).clean(f"before {part} after")

    left = cleaned.removeprefix("before").removesuffix("after").strip()
    assert left == HIDDEN or len(part) < 63


@given(st.text(alphabet="QX", min_size=200, max_size=300))
def test_of_a_value_that_repeats_itself_less_than_a_piece_is_left(value: str) -> None:
    """Which of its equal pieces it was cannot be told; what may be left beside them is short."""
    cleaned = Redactor({value}).clean(f"before {value[7:-7]} after")

    assert max(map(len, cleaned.split(HIDDEN))) < 32 + len("before ")


@given(st.sets(st.text(alphabet="abcd", min_size=1, max_size=3), min_size=1), AROUND)
def test_short_values_are_hidden_only_where_they_stand_alone(values: set[str], text: str) -> None:
    """A word that merely holds them stays as it was."""
    redactor = Redactor(values)

    assert redactor.clean(f"x{min(values)}x") == f"x{min(values)}x"
    assert redactor.clean(f"<{min(values)}>") == f"<{HIDDEN}>"
    assert all(word not in values for word in redactor.clean(text).replace(HIDDEN, " ").split())


class Person(Payload):
    """Sensitive values of every type."""

    contract: ClassVar[JobContract] = JobContract(name="person", version=1, key=("number",))
    number: int
    mail: Annotated[str, Sensitive()] = "jane.roe+x@example.org"
    full: Annotated[str, Sensitive()] = "Jane O'Brien"
    born: Annotated[DateTime, Sensitive()] = dt.datetime(
        1990, 5, 17, 23, 7, 1, 250_000, dt.timezone(dt.timedelta(hours=-3))
    )
    day: Annotated[Date, Sensitive()] = dt.date(1971, 2, 3)
    wakes: Annotated[Time, Sensitive()] = dt.time(6, 41, 13, tzinfo=dt.UTC)
    ident: Annotated[Uuid, Sensitive()] = uuid.UUID("12345678-1234-4234-8234-123456789abc")
    tax: Annotated[int, Sensitive()] = 987_654_321
    rate: Annotated[float, Sensitive()] = 1234.5678
    scores: Annotated[Mapping[str, int], Sensitive()] = Field(
        default_factory=lambda: {"clara@example.net": 4711}
    )


PERSON = Person(number=1)
NEEDLES = (
    *("jane.roe", "brien", "1990-05-17", "1990-05-18", "23:07:01", "02:07:01", "1971-02-03"),
    *("06:41:13", "12345678123442348234123456789abc", "12345678-1234", "987654321", "1234.5678"),
    *("clara@", "4711", "1990, 5, 17", "1971, 2, 3"),
)
OBJECTS: list[object] = [
    PERSON.born,
    PERSON.born.astimezone(dt.UTC),
    PERSON.day,
    PERSON.wakes,
    PERSON.ident,
    PERSON.ident.hex,
    PERSON.tax,
    PERSON.rate,
    dict(PERSON.scores),
    PERSON.model_dump(),
    PERSON.model_dump(mode="json"),
    "no mailbox jane.roe",
]


@pytest.mark.parametrize("value", OBJECTS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("way", [str, repr, lambda value: json.dumps(value, default=str)])
def test_values_of_every_type_are_hidden(value: object, way: Callable[[object], str]) -> None:
    """As Python, JSON and pydantic write them."""
    cleaned = Redactor(sensitive_values(PERSON)).clean(f"for {way(value)}: refused").lower()

    assert [needle for needle in NEEDLES if needle in cleaned] == []


def _chained(person: Person, context: JobContext) -> None:
    try:
        try:
            int(person.mail)
        except ValueError as error:
            message = "outer"
            raise RuntimeError(message) from error
    except RuntimeError:
        context.logger.exception("failed")
        logging.getLogger("handlers.other").exception("failed for %s", person.full)


OUT: list[Callable[[Person, JobContext], object]] = [
    lambda p, c: c.logger.info("x", extra={"location": p.mail}),
    lambda p, c: c.logger.info("x", extra={"job": p.full, "attempt": p.mail}),
    lambda p, c: c.logger.info("x", extra={"lead": {"job": p.full}, "seen": {p.mail: 1}}),
    lambda p, c: c.logger.append_keys(customer=p.mail, job=p.full),
    lambda p, _c: print(p.mail, p.model_dump()),  # noqa: T201 - handlers do
    lambda p, _c: print(p.full, file=sys.stderr),  # noqa: T201 - likewise
    lambda p, _c: logging.getLogger("handlers.other").error("for %s", p.mail),
    lambda p, _c: logging.getLogger("handlers.other").error({"for": p.mail}),
    _chained,
]


@pytest.mark.parametrize("act", range(len(OUT)))
def test_no_way_out_shows_a_value(act: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields, appended keys, prints, other loggers, chained errors; now and in later lines."""
    written = io.StringIO()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, written)
    logging.Logger.manager.loggerDict.pop("person", None)
    root = logging.StreamHandler(written)
    monkeypatch.setattr(logging.getLogger(), "handlers", [root])
    kept: list[tuple[JobContext, str]] = []

    def handle(person: Person, context: JobContext) -> None:
        if person.number == 1:
            kept.append((context, person.mail))
            OUT[act](person, context)
        else:
            # A thread or a buffer of the message before, which wakes only now.
            kept[0][0].logger.warning("late: %s", kept[0][1])
            context.logger.info("other")

    with World() as world:
        world.deploy(Deployment("person", lambda: Worker(Person, handle)))
        for number in (1, 2):
            enqueue(Person(number=number, mail=("jane.roe+x", "ed")[number - 1] + "@example.org"))
            world.settle()

    text = written.getvalue().lower()
    assert "late: " in text
    assert [needle for needle in NEEDLES if needle in text] == []


def test_keys_that_a_handler_appends_end_with_its_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The next message's lines are not told as this one's customer's."""
    logging.Logger.manager.loggerDict.pop("person", None)

    def handle(person: Person, context: JobContext) -> None:
        if person.number == 1:
            context.logger.append_keys(shop="north", job="another")
        context.logger.info("at work")

    with World() as world:
        world.deploy(Deployment("person", lambda: Worker(Person, handle)))
        for number in (1, 2):
            enqueue(Person(number=number))
            world.settle()

    lines: list[dict[str, Any]] = [
        json.loads(line) for line in capsys.readouterr().out.splitlines() if "at work" in line
    ]
    told = [(line.get("shop"), line["job"]) for line in lines]
    assert told == [("north", "another"), (None, "person")]


def test_values_are_hidden_by_the_spelling_python_reads_back() -> None:
    """A literal in a message is a spelling too."""
    value = "Zoe\u00a0Lang\\"
    with hiding(frozenset({value})) as redactor:
        assert ast.literal_eval(repr(value)) == value
        assert redactor.clean(repr(value)) == f"'{HIDDEN}'"

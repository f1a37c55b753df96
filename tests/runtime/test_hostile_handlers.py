"""Whatever a handler raises or returns ends one attempt of one message; no log call fails it."""

import asyncio
import concurrent.futures
import functools
import io
import itertools
import json
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarivum_jobs import JobContext, PermanentError, RetryAfter
from clarivum_jobs.core.errors import UnsuitableHandlerError
from clarivum_jobs.worker import Worker
from tests.runtime.bench import Bench, body, log_lines, record
from tests.runtime.samples import ADDRESS, Sample


async def _coroutine(_payload: Sample, _context: JobContext) -> None:
    await asyncio.sleep(0)


def _generator(_payload: Sample, _context: JobContext) -> Iterator[int]:
    yield 1


async def _stream(_payload: Sample, _context: JobContext) -> AsyncIterator[int]:
    yield 1


class _Asynchronous:
    async def __call__(self, _payload: Sample, _context: JobContext) -> None:
        await asyncio.sleep(0)

    async def method(self, _payload: Sample, _context: JobContext) -> None:
        await asyncio.sleep(0)


@functools.wraps(_coroutine)
def _wrapped(payload: Sample, context: JobContext) -> object:
    return _coroutine(payload, context)


@pytest.mark.parametrize(
    "handle",
    [
        _coroutine,
        _generator,
        _stream,
        _Asynchronous(),
        _Asynchronous().method,
        functools.partial(_coroutine),
        functools.partial(functools.partial(_Asynchronous())),
        _wrapped,
    ],
)
def test_handler_that_a_call_does_not_run_is_refused(handle: Callable[..., object]) -> None:
    """The worker is not made: nothing would be done, and each message called done."""
    with pytest.raises(UnsuitableHandlerError, match="plain function"):
        Worker(Sample, handle)


def _future() -> asyncio.Future[None]:
    loop = asyncio.new_event_loop()
    try:
        return loop.create_future()
    finally:
        loop.close()


class _Awaitable:
    def __await__(self) -> Iterator[None]:
        yield


def _later_on(payload: Sample, _context: JobContext) -> object:
    """Return one kind of unfinished work after the other."""
    kinds = (_coroutine, _generator, _stream)
    return kinds[payload.copy_no % len(kinds)](payload, _context)


@pytest.mark.parametrize(
    "make",
    [
        _later_on,
        lambda _p, _c: concurrent.futures.Future(),
        lambda _p, _c: _future(),
        lambda _p, _c: _Awaitable(),
        lambda _p, _c: (number for number in range(3)),
        lambda _p, _c: map(print, ["never"]),
        lambda _p, _c: filter(print, ["never"]),
        lambda _p, _c: itertools.starmap(print, [("never",)]),
        lambda _p, _c: functools.partial(print, "never"),
        lambda _p, _c: lambda: None,
        lambda _p, _c: RuntimeError("not raised"),
    ],
)
def test_work_that_is_returned_is_not_done(make: Callable[..., object], bench: Bench) -> None:
    """A returned coroutine, generator or future is a failed attempt with its reason."""
    bench.handler.acts = make
    batch = [record(body(copy_no=number), f"m-{number}", attempt=5) for number in range(1, 4)]

    assert bench.run(*batch) == []
    codes = [letter["MessageAttributes"]["error_code"]["StringValue"] for letter in bench.dead]
    assert codes == ["handler_not_run"] * 3


CURSOR = sqlite3.connect(":memory:").execute("SELECT 1")
"""An iterator whose work is done."""


@pytest.mark.parametrize(
    "value", [None, 0, False, "", "text", [], {}, range(3), b"", object(), CURSOR]
)
def test_any_other_answer_means_done(value: object, bench: Bench) -> None:
    """What a handler returns is nobody's business otherwise."""
    bench.handler.acts = lambda *_: value

    assert bench.run(record(body())) == []
    assert bench.dead == []


class Panic(BaseException):
    """As native extensions raise it."""


class NoText(Exception):  # noqa: N818
    """Cannot say what it is."""

    def __str__(self) -> str:
        """Fail."""
        message = "no text"
        raise RuntimeError(message)


class NotTextError(PermanentError):
    """Says something that is no text."""

    def __str__(self) -> str:
        """Return a number."""
        return cast("str", 5)


class BareError(PermanentError):
    """Does not call its base."""

    def __init__(self, order: int) -> None:
        """Remember the order alone."""
        self.order = order


class Answered(Exception):  # noqa: N818
    """Carries another library's answer."""

    def __init__(self, response: object) -> None:
        """Keep it where botocore keeps its own."""
        super().__init__("answered")
        self.response = response


ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.just("x" * 300_000),
    st.just("\ud800\x00\ufffe"),
    st.just(ADDRESS),
    st.lists(st.integers(), max_size=2),
)
ERRORS: st.SearchStrategy[BaseException] = st.one_of(
    st.builds(lambda code: PermanentError("no", code=code), ODD),
    st.builds(lambda seconds, code: RetryAfter(seconds, code=code), ODD, ODD),
    st.builds(RuntimeError, ODD | st.just("y" * 1_000_000)),
    st.builds(Answered, ODD | st.builds(lambda odd: {"Error": odd}, ODD)),
    st.builds(Answered, st.builds(lambda odd: {"Error": {"Code": odd}}, ODD)),
    st.builds(lambda text: ExceptionGroup("many", [ValueError(text)]), ODD),
    st.builds(lambda text: BaseExceptionGroup("many", [Panic(text)]), ODD),
    st.sampled_from(
        [
            NoText(),
            NotTextError("no"),
            BareError(7),
            MemoryError(),
            RecursionError(),
            SystemExit(ADDRESS),
            KeyboardInterrupt(),
            GeneratorExit(),
            asyncio.CancelledError(ADDRESS),
            Panic("panicked"),
            StopIteration(3),
        ]
    ),
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(error=ERRORS, attempt=st.integers(1, 5))
def test_every_error_has_a_verdict_a_reason_and_a_line(
    error: BaseException, attempt: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """One attempt of one message fails, its neighbour is done, and nothing is said in clear."""
    bench = Bench()

    def handle(payload: Sample, _context: JobContext) -> None:
        if payload.copy_no == 1:
            raise error

    bench.handler.acts = handle
    capsys.readouterr()
    left = bench.run(
        record(body(copy_no=1), "poison", attempt), record(body(copy_no=2), "good", attempt)
    )

    dead = [letter["MessageAttributes"] for letter in bench.dead]
    assert (left == ["poison"]) != (len(dead) == 1)
    output = capsys.readouterr().out
    (line,) = [line for line in log_lines(output) if line.get("message_id") == "poison"]
    assert 0 < len(line["error_code"]) <= 100
    assert 0 < len(line["reason"]) <= 500
    assert ADDRESS not in output + json.dumps(dead)
    waits = [change["VisibilityTimeout"] for change in bench.sqs.visibility]
    assert all(1 <= wait <= 900 for wait in waits)
    assert len(waits) + len(dead) == 1


def _holding_itself() -> dict[str, object]:
    knot: dict[str, object] = {}
    knot["knot"] = knot
    return knot


@pytest.mark.parametrize(
    "log",
    [
        lambda logger, _p: logger.info("%d things", "abc"),
        lambda logger, _p: logger.info("%s and %s", *["one"]),
        lambda logger, _p: logger.info("x", extra={"knot": _holding_itself()}),
        lambda logger, _p: logger.info("x", extra={"error": NoText()}),
        lambda logger, p: logger.info("x", extra={"seen": {p.email: 1}}),
        lambda logger, p: logger.info("x", extra={"lead": {"job": p.email, "service": p.email}}),
        lambda logger, p: logger.info(
            "x", extra=dict.fromkeys(("name", "message", "args"), p.email)
        ),
        lambda logger, p: logger.info("x", extra={1: p.email, NoText(): None}),
        lambda logger, _p: logger.info(NoText()),
        lambda logger, _p: logger.info(NoText(), 1),
    ],
)
def test_log_call_never_fails_the_job(
    log: Callable[[Any, Sample], None], bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written is replaced, and a sensitive value is hidden in names too."""
    bench.handler.acts = lambda payload, context: log(context.logger, payload)

    assert bench.run(record(body())) == []
    captured = capsys.readouterr()
    assert "job done" in captured.out
    assert ADDRESS not in captured.out + captured.err
    assert "Traceback" not in captured.err


def test_handler_that_closes_the_output_fails_no_batch(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Metrics and log lines are lost then, and nothing else is."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(logging, "raiseExceptions", False)
    bench.handler.acts = lambda *_: sys.stdout.close()

    assert bench.run(record(body(copy_no=1), "a"), record(body(copy_no=2), "b")) == []
    assert len(bench.handler.seen) == 2

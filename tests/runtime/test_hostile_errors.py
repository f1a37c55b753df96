"""Errors whose classes lie, fail or exit when they are asked, and answers that are work."""

import asyncio
import concurrent.futures
import contextlib
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.idempotency import exceptions as powertools
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarivum_jobs import PermanentError, RetryAfter
from tests.runtime.bench import Bench, body, log_lines, record
from tests.runtime.samples import ADDRESS

ROUNDS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


BODIES = [body(copy_no=number) for number in range(1, 10)]


class Panic(BaseException):
    """As native extensions raise it."""


class Text(str):
    """Text that is none as soon as it is used."""

    __slots__ = ()

    def __getitem__(self, _at: object) -> Any:  # noqa: ANN401 - anything
        """Exit."""
        raise SystemExit

    lower = isascii = encode = translate = __len__ = __str__ = __getitem__  # type: ignore[assignment]


class Whole(int):
    """A number that cannot be written."""

    def __str__(self) -> str:
        """Exit."""
        raise SystemExit


class Real(float):
    """A number that cannot be compared."""

    def __float__(self) -> float:
        """Panic."""
        raise Panic


RAISED = st.sampled_from(
    [RuntimeError(ADDRESS), SystemExit(ADDRESS), Panic(ADDRESS), GeneratorExit()]
)
ANSWERS: st.SearchStrategy[Any] = st.sampled_from(
    [None, 7, Text(ADDRESS), Whole(3), Real(4), object(), PermanentError, b"\xff", "x" * 200_000]
)
ASKED = (
    *("__class__", "__cause__", "__context__", "__suppress_context__", "__traceback__", "__str__"),
    *("__repr__", "__notes__", "code", "response", "seconds", "args", "__dict__", "__module__"),
    *("__eq__", "__hash__", "__bool__", "__len__", "__reduce__", "__getattr__", "__format__"),
)


def _says(reaction: Any) -> Callable[..., Any]:  # noqa: ANN401 - an error or an answer
    def say(*_given: object) -> Any:  # noqa: ANN401 - likewise
        if isinstance(reaction, BaseException):
            raise reaction
        return reaction

    return say


class _Unnamed(type):
    """A class of classes that have no name."""

    @property
    def __name__(cls) -> str:  # type: ignore[override] # that is the point
        """Exit."""
        raise SystemExit


@st.composite
def hostile(draw: st.DrawFn) -> BaseException:
    """Return an error of a class that was made to be a nuisance."""
    base = draw(st.sampled_from([Exception, PermanentError, RetryAfter, Panic]))
    members: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=5, unique=True)):
        say = _says(draw(RAISED | ANSWERS))
        members[name] = say if name.startswith("__") and draw(st.booleans()) else property(say)
    kinds: tuple[Any, ...] = (type(base), _Unnamed)
    kind: Any = draw(st.sampled_from(kinds))("Nuisance", (base,), members)
    error: BaseException = BaseException.__new__(kind, "no")
    return error


@ROUNDS
@given(error=hostile(), attempt=st.integers(1, 5), count=st.integers(1, 9))
def test_error_of_any_class_ends_one_attempt_of_one_message(
    error: BaseException, attempt: int, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has a verdict, a reason and a line, whatever it says or does when it is asked."""
    bench = Bench()

    def handle(payload: Any, _context: object) -> None:  # noqa: ANN401 - the sample
        if payload.copy_no == 1:
            raise error

    bench.handler.acts = handle
    capsys.readouterr()
    batch = [record(text, f"m-{n}", attempt) for n, text in enumerate(BODIES[:count], 1)]
    left = bench.run(*batch)

    dead = [letter["MessageAttributes"] for letter in bench.dead]
    assert len(bench.handler.seen) == count
    assert (left, len(dead)) in [(["m-1"], 0), ([], 1)]
    output = capsys.readouterr().out
    (line,) = [each for each in log_lines(output) if each.get("message_id") == "m-1"]
    assert line["outcome"] in {"retry", "dead"}
    ours = issubclass(type(error), PermanentError | RetryAfter)
    assert line["error_code"] if ours else line["error_code"] == "Nuisance"
    assert line["reason"]
    assert ADDRESS not in output + json.dumps(dead)


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(powertools).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    ],
)
def test_errors_of_powertools_are_a_handlers_own(
    kind: type[Exception], bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """A handler may use the same library: its errors fail one attempt and mean nothing else."""

    def handle(*_given: object) -> None:
        raise kind

    bench.handler.acts = handle

    assert bench.run(record(body(), "m-1")) == ["m-1"]
    assert len(bench.handler.seen) == 1
    (line,) = [each for each in log_lines(capsys.readouterr().out) if "outcome" in each]
    assert line["error_code"] == kind.__name__


async def _coroutine() -> None:
    await asyncio.sleep(0)


def _running() -> threading.Thread:
    thread = threading.Thread(target=threading.Event().wait, args=(0.5,), daemon=True)
    thread.start()
    return thread


UNDONE: st.SearchStrategy[Callable[[], object]] = st.sampled_from(
    [
        _coroutine,
        concurrent.futures.Future,
        lambda: (number for number in range(3)),
        lambda: threading.Thread(target=print),
        lambda: {concurrent.futures.Future()},
        _running,
        lambda: ValueError("gathered, not raised"),
    ]
)
HOLDERS: st.SearchStrategy[Callable[[object], object]] = st.sampled_from(
    [
        lambda value: [value],
        lambda value: [None] * 50 + [value],
        lambda value: (1, value),
        lambda value: {"result": value},
    ]
)


@ROUNDS
@given(make=UNDONE, holders=st.lists(HOLDERS, max_size=3))
def test_work_in_what_is_returned_is_not_done(
    make: Callable[[], object], holders: list[Callable[[object], object]]
) -> None:
    """A list of coroutines is as little work as one."""
    bench = Bench()

    def handle(*_given: object) -> object:
        value = make()
        for hold in holders:
            value = hold(value)
        return value

    bench.handler.acts = handle
    bench.run(record(body(), "m-1", attempt=5))

    codes = [letter["MessageAttributes"]["error_code"]["StringValue"] for letter in bench.dead]
    assert codes == ["handler_not_run"]


class _Proxy:
    """Stands for nothing, and fails when it is asked what it is."""

    @property  # type: ignore[misc] # Python lets it be replaced
    def __class__(self) -> Any:  # noqa: ANN401 - never returned
        """Fail."""
        message = "working outside of a context"
        raise RuntimeError(message)


def _over() -> threading.Thread:
    thread = threading.Thread(target=len, args=("",))
    thread.start()
    thread.join()
    return thread


def _deep() -> list[Any]:
    inner: list[Any] = []
    for _ in range(2000):
        inner = [inner, inner]
    return inner


@pytest.mark.parametrize("make", [_Proxy, _over, _deep, lambda: [[1, "x"], {"a": ()}]])
def test_what_is_no_work_is_done(make: Callable[[], object], bench: Bench) -> None:
    """Nothing is repeated because an answer is odd."""
    bench.handler.acts = lambda *_: make()

    assert bench.run(record(body())) == []
    assert bench.dead == []


@pytest.mark.parametrize(
    "answer",
    [NotImplemented, contextlib.contextmanager(lambda: iter(()))(), contextlib.nullcontext],
)
def test_what_waits_to_be_entered_is_not_done(answer: object, bench: Bench) -> None:
    """A body that runs when somebody enters it has not run; a class of contexts is an answer."""
    bench.handler.acts = lambda *_: answer

    bench.run(record(body(), "m-1", attempt=5))
    assert len(bench.dead) == (answer is not contextlib.nullcontext)

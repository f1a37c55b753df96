"""Whether a handler does its work before it returns: returning is what counts as done."""

import asyncio
import concurrent.futures
import functools
import inspect
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncContextDecorator, ContextDecorator
from typing import cast

from clarivum_jobs.core.errors import HandlerNotRunError, UnsuitableHandlerError
from clarivum_jobs.core.foreign import foreign, kind_of

_LATER = (
    (inspect.iscoroutinefunction, "an `async def`"),
    (inspect.isasyncgenfunction, "an asynchronous generator"),
    (inspect.isgeneratorfunction, "a generator"),
)

# Their iterators, such as `map`, work when they are read. Those of others, such as the cursor of a
# database, may be what is left of work that was done.
_LAZY = frozenset({"builtins", "itertools"})

# Work is looked for in what holds it, such as a list of coroutines: so deep, in so many values.
_DEEPEST, _MOST = 4, 1000


def check_handler(handle: Callable[..., object]) -> None:
    """Make sure that calling a handler runs it.

    Raises:
        UnsuitableHandlerError: A call would only make a coroutine or a generator.
    """
    for function in _behind(handle):
        for is_such, kind in _LATER:
            if is_such(function):
                message = (
                    f"the handler is {kind}: calling it would do nothing. Write a plain function;"
                    " `asyncio.run(...)` in it runs a coroutine to its end"
                )
                raise UnsuitableHandlerError(message)


def check_answer(answer: object) -> None:
    """Make sure that what a handler returned is not work that has still to be done.

    What cannot be asked what it is, such as a proxy of nothing, is no work.

    Raises:
        HandlerNotRunError: It is an awaitable, a future, a thread, a function or something else
            that does its work later, such as a generator or `map`; an error that was not raised;
            or a list, tuple, set or mapping that holds one of those.
    """
    undone = [each for each in _held(answer) if _asked(_is_undone, each)]
    for each in undone:
        if inspect.iscoroutine(each):
            each.close()  # or Python warns that it was never awaited
    if undone:
        raise HandlerNotRunError(kind_of(undone[0]).replace("_", " "))
    if _asked(_is_later, answer):
        raise HandlerNotRunError(kind_of(answer))


def _asked(judge: Callable[[object], bool], value: object) -> bool:
    return foreign(lambda: judge(value), otherwise=False)


def _held(answer: object) -> Iterator[object]:
    """Yield a value, and what it holds if it is one of Python's own containers."""
    found, depth, room = [answer], 0, _MOST
    while found and depth <= _DEEPEST and room > 0:
        yield from found[:room]
        room -= len(found)
        found = [inner for each in found for inner in itertools.islice(_inside(each), max(room, 0))]
        depth += 1


def _inside(value: object) -> Iterator[object]:
    if type(value) in {list, tuple, set, frozenset}:
        return iter(cast("Iterable[object]", value))
    return iter(cast("dict[object, object]", value).values() if type(value) is dict else ())


def _is_undone(value: object) -> bool:
    """Whether a value is work that nobody has done, or an error that nobody raised."""
    if isinstance(value, threading.Thread):
        return value.is_alive() or value.ident is None
    return (
        isinstance(value, BaseException | concurrent.futures.Future | asyncio.Future)
        or inspect.isgenerator(value)
        or inspect.isasyncgen(value)
        or inspect.isawaitable(value)
    )


def _is_later(answer: object) -> bool:
    """Whether an answer does its work when somebody reads, enters or calls it."""
    lazy = isinstance(answer, Iterator) and type(answer).__module__ in _LAZY
    entered = isinstance(answer, ContextDecorator | AsyncContextDecorator)
    called = isinstance(answer, functools.partial) or inspect.isroutine(answer)
    return lazy or entered or called or answer is NotImplemented


def _behind(handle: object) -> list[object]:
    """Return a handler and what it calls in the end: partial, wrapped and callable objects."""
    found = [handle]
    while True:
        last = found[-1]
        if isinstance(last, functools.partial):
            inner: object = last.func
        elif hasattr(last, "__wrapped__"):
            inner = last.__wrapped__
        elif not (inspect.isroutine(last) or inspect.isclass(last)):
            inner = type(last).__call__
        else:
            return found
        if any(inner is known for known in found):
            return found
        found.append(inner)

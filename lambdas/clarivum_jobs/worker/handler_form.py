"""Whether a handler does its work before it returns: returning is what counts as done."""

import asyncio
import concurrent.futures
import functools
import inspect
from collections.abc import Callable, Iterator

from clarivum_jobs.core.errors import HandlerNotRunError, UnsuitableHandlerError

_LATER = (
    (inspect.iscoroutinefunction, "an `async def`"),
    (inspect.isasyncgenfunction, "an asynchronous generator"),
    (inspect.isgeneratorfunction, "a generator"),
)

_UNDONE = (functools.partial, BaseException)

# Their iterators, such as `map`, work when they are read. Those of others, such as the cursor of a
# database, may be what is left of work that was done.
_LAZY = frozenset({"builtins", "itertools"})


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

    Raises:
        HandlerNotRunError: It is an awaitable, a future, a function or something else that does
            its work later, such as a generator or `map`; or an error that was not raised.
    """
    if inspect.isgenerator(answer) or inspect.isasyncgen(answer):
        raise HandlerNotRunError(type(answer).__name__.replace("_", " "))
    if isinstance(answer, concurrent.futures.Future | asyncio.Future) or inspect.isawaitable(
        answer
    ):
        if inspect.iscoroutine(answer):
            answer.close()  # or Python warns that it was never awaited
        raise HandlerNotRunError(type(answer).__name__)
    lazy = isinstance(answer, Iterator) and type(answer).__module__ in _LAZY
    if lazy or isinstance(answer, _UNDONE) or inspect.isroutine(answer):
        raise HandlerNotRunError(type(answer).__name__)


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

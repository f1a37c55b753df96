"""Code of others: whatever it raises, the caller goes on.

Errors are values of foreign classes: their properties, their texts and what their classes say of
themselves may raise anything, or be no plain values. Asked here, they answer in plain ones.
"""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, TypeGuard, TypeVar

from clarivum_jobs.core.errors import SandboxEndedError

ResultT = TypeVar("ResultT")
OtherT = TypeVar("OtherT")
ErrorT = TypeVar("ErrorT", bound=BaseException)


def foreign(call: Callable[[], ResultT], *, otherwise: OtherT) -> ResultT | OtherT:
    """Return what foreign code answers; something else if it is left by an error of any kind.

    Properties and texts of an error are foreign code too, and may raise what is no `Exception`.
    """
    try:
        return call()
    except SandboxEndedError:
        raise
    except BaseException:  # noqa: BLE001 - an exit or an interrupt in a property is still its failure
        return otherwise


def kind_of(value: object) -> str:
    """Return the name of a value's class, as Python keeps it: a metaclass may say another."""
    return plain(vars(type)["__name__"].__get__(type(value)))


def plain(text: str, most: int | None = None) -> str:
    """Return the first `most` characters of a text as Python's own: a subclass may do anything."""
    return str.__getitem__(text, slice(most))


def is_a(error: BaseException, *kinds: type[ErrorT]) -> TypeGuard[ErrorT]:
    """Whether an error is of some kinds, by its class and not by what it says of itself."""
    return issubclass(type(error), kinds)


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was raised from, or while handling; each once."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        yield cause
        seen.add(id(cause))
        context = None if _own(cause, "__suppress_context__") else _own(cause, "__context__")
        cause = _own(cause, "__cause__") or context


def traceback_of(error: BaseException) -> TracebackType | None:
    """Return where an error was raised."""
    found: TracebackType | None = _own(error, "__traceback__")
    return found


def _own(error: BaseException, name: str) -> Any:  # noqa: ANN401 - what the attribute holds
    """Return what Python keeps of an error, whatever its class puts in the place of that."""
    return vars(BaseException)[name].__get__(error)

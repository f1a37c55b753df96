"""The animals of the zoo: everything that a handler may do, chosen by what its payload says."""

from __future__ import annotations

import asyncio
import builtins
import concurrent.futures
import functools
import logging
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NoReturn

from pydantic import Field

from clarivum_jobs import JobContract, Payload, PermanentError, RetryAfter
from clarivum_jobs.contract.formats import Sensitive
from clarivum_jobs.testing.machine.loop import Killed

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarivum_jobs import JobContext
    from clarivum_jobs.testing import World

JOB = "zoo"
SECRET = "xK7-Geheimnis/42+ü"  # noqa: S105 - what must be seen nowhere


class Animal(Payload):
    """One piece of work, and how it behaves."""

    contract: ClassVar[JobContract] = JobContract(name=JOB, version=1, key=("name",))

    name: str
    """Tells one piece of work from another."""

    species: str = "healthy"
    """What it does, by the name of an entry of `SPECIES`."""

    detail: str = ""
    """Which of its species: the class it raises, the value it returns."""

    fails: int = 0
    """How many attempts behave like that; from the next on it is healthy. 99 for all."""

    secret: Annotated[str, Sensitive()] = Field(default=SECRET, repr=False)
    """A value that must not be seen anywhere."""


@dataclass
class Keeper:
    """What really happened: the truth that records and letters are held against.

    Attributes:
        attempts: How often the handler began, by the name of the work.
    """

    world: World
    attempts: dict[str, int] = field(default_factory=dict)

    def handle(self, animal: Animal, context: JobContext) -> object:
        """Do what the animal does at this attempt; a dead sandbox does nothing that counts."""
        process = self.world.loop.current
        if process is not None and not process.dead:
            self.attempts[animal.name] = self.attempts.get(animal.name, 0) + 1
        if context.attempt <= animal.fails:
            if animal.species == "dies" and process is not None:
                process.kill()
                raise Killed
            return SPECIES[animal.species](animal)
        self.world.effect("deliver", context.idempotency_key, recognised=False)
        return None


class Untellable(Exception):  # noqa: N818 - its name is what the code must be
    """An error whose text is itself an error."""

    def __str__(self) -> str:
        """Fail."""
        raise RuntimeError(SECRET)


class OddResponse(Exception):  # noqa: N818 - likewise
    """An error that looks like one of AWS's, and is none."""

    response: ClassVar[Any] = {"Error": {"Code": ["not", "a", "code"]}}
    code: ClassVar[Any] = {"odd": SECRET}


class Liar(Exception):  # noqa: N818 - likewise
    """An error that exits when it is asked what it is."""

    @property  # type: ignore[misc] # Python lets it be replaced
    def __class__(self) -> Any:  # noqa: ANN401 - never returned
        """Exit."""
        sys.exit(SECRET)

    __traceback__ = code = response = __class__


class Endless(BaseException):
    """What is no `Exception` at all."""


def _classes() -> dict[str, Callable[[], BaseException]]:
    """Every class of Python's that can be raised, each made with a secret in its text."""
    found: dict[str, Callable[[], BaseException]] = {}
    special: dict[str, Callable[[], BaseException]] = {
        "BaseExceptionGroup": lambda: BaseExceptionGroup(SECRET, [KeyboardInterrupt(SECRET)]),
        "ExceptionGroup": lambda: ExceptionGroup(SECRET, [ValueError(SECRET)]),
        "UnicodeDecodeError": lambda: UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
        "UnicodeEncodeError": lambda: UnicodeEncodeError("ascii", SECRET, 0, 1, SECRET),
        "UnicodeTranslateError": lambda: UnicodeTranslateError(SECRET, 0, 1, SECRET),
    }
    for name, kind in vars(builtins).items():
        # Other names of one class, such as IOError, would be told by its own.
        if isinstance(kind, type) and issubclass(kind, BaseException) and kind.__name__ == name:
            found[name] = special.get(name, functools.partial(kind, SECRET))
    for other in (Untellable, OddResponse, Liar, Endless, asyncio.CancelledError):
        found[other.__name__] = functools.partial(other, SECRET)
    return found


RAISED = _classes()


async def _coroutine() -> None:
    """Would be work, if anybody waited for it."""


def _generator() -> Any:  # noqa: ANN401 - a generator
    yield SECRET


def _circle() -> list[Any]:
    circle: list[Any] = []
    circle.append(circle)
    return circle


RETURNED: dict[str, Callable[[], object]] = {
    "coroutine": _coroutine,
    "generator": _generator,
    "future": concurrent.futures.Future,
    "error": lambda: ValueError(SECRET),
    "coroutines": lambda: [_coroutine(), _coroutine()],
    "errors": lambda: {"results": (1, ValueError(SECRET))},
}
"""What is work that was never done: a failed attempt."""

IGNORED: dict[str, Callable[[], object]] = {
    "text": lambda: SECRET,
    "nan": lambda: float("nan"),
    "bytes": lambda: b"\xff" * 100,
    "object": object,
    "class": lambda: Animal,
    "large": lambda: "x" * 7_000_000,
    "circle": _circle,
    "false": lambda: False,
}
"""What means nothing: the attempt succeeded."""


def _raises(animal: Animal) -> NoReturn:
    error = RAISED[animal.detail]()
    raise error


def _returns(animal: Animal) -> object:
    return {**RETURNED, **IGNORED}[animal.detail]()


def _exits(animal: Animal) -> NoReturn:
    sys.exit(animal.detail or animal.secret)


def _hangs(_animal: Animal) -> None:
    time.sleep(10**6)


def _asks(animal: Animal) -> NoReturn:
    raise RetryAfter(float(animal.detail), animal.secret)


def _gives_up(animal: Animal) -> NoReturn:
    raise PermanentError(animal.secret, code=animal.detail or animal.secret)


def _leaks(animal: Animal) -> NoReturn:
    logger = logging.getLogger(JOB)
    logger.warning("about %s", animal.secret, extra={"note": {animal.secret: [animal.secret]}})
    print(animal.secret)  # noqa: T201 - what a careless handler does
    cause = ValueError(animal.secret)
    raise LookupError({"at": animal.secret}) from cause


def _threads(animal: Animal) -> NoReturn:
    def work() -> None:
        logging.getLogger(JOB).error("from a thread: %s", animal.secret)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    raise RuntimeError(animal.secret)


SPECIES: dict[str, Callable[[Animal], object]] = {
    "raises": _raises,
    "returns": _returns,
    "exits": _exits,
    "hangs": _hangs,
    "asks": _asks,
    "gives up": _gives_up,
    "leaks": _leaks,
    "threads": _threads,
}

"""The one place where real code is given virtual time, seeded chance and a simulated AWS.

Everything is put back when the simulation ends, whatever happened in it.
"""

import contextlib
import datetime as dt
import io
import os
import random
import socket
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from unittest import mock

import urllib3
from aws_lambda_powertools.utilities.parameters import base as parameters

from clarivum_jobs.testing.machine.faults import Dice
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Router
from clarivum_jobs.testing.machine.transport import replacements

_REAL = dt.datetime
_OURS = ("clarivum_jobs", "aws_lambda_powertools", "handlers", "generated")

_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "simulated",
    "AWS_SECRET_ACCESS_KEY": "simulated",  # nothing is sent anywhere
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
}


class _Meta(type):
    """Lets the real class's instances count as the virtual one's."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _REAL)


def _virtual(loop: Loop) -> type[dt.datetime]:
    class Virtual(_REAL, metaclass=_Meta):
        """`datetime` whose now is the loop's."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return _REAL.fromtimestamp(loop.wall / 1000, tz)

        @classmethod
        def utcnow(cls) -> dt.datetime:  # type: ignore[override]
            return _REAL.fromtimestamp(loop.wall / 1000, dt.UTC).replace(tzinfo=None)

    return Virtual


def _inline(_pool: ThreadPoolExecutor, work: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401
    """Do at once what was handed to a thread: the order of threads is nobody's to repeat."""
    future: Future[Any] = Future()
    try:
        future.set_result(work(*args, **named))
    except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
        future.set_exception(error)
    return future


def _fetch(router: Router) -> Callable[..., urllib3.HTTPResponse]:
    def urlopen(
        _pool: urllib3.PoolManager,
        method: str,
        url: str,
        *_args: object,
        **options: Any,  # noqa: ANN401
    ) -> urllib3.HTTPResponse:
        asked = {"Url": url, "Body": options.get("body")}
        if key := (options.get("headers") or {}).get("Idempotency-Key"):
            asked["IdempotencyKey"] = key
        answer = router.carry("http", method.title(), asked)
        return urllib3.HTTPResponse(
            io.BytesIO(answer["Body"]),
            status=answer["Status"],
            preload_content=options.get("preload_content", True),
        )

    return urlopen


def _address(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
    """Give every name the same public address; nothing is sent to it."""
    place = ("93.184.215.14", port)
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", place)]


def _holders() -> Iterator[tuple[str, object]]:
    """Modules of the code under test that took the class itself out of `datetime`."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(_OURS) and not name.startswith("clarivum_jobs.testing"):
            for attribute, value in list(vars(module).items()):
                if value is _REAL:
                    yield attribute, module


@contextlib.contextmanager
def installed(loop: Loop, dice: Dice, router: Router) -> Iterator[None]:
    """Run the body in the simulated world."""
    virtual, chance = _virtual(loop), random.getstate()

    def seconds() -> float:
        return loop.wall / 1000

    with contextlib.ExitStack() as stack:
        stack.callback(random.setstate, chance)
        random.seed(dice.random.getrandbits(64))
        for owner, name, value in (
            (dt, "datetime", virtual),
            (time, "time", seconds),
            (time, "monotonic", lambda: loop.now / 1000),
            (time, "time_ns", lambda: loop.wall * 1_000_000),
            (time, "sleep", lambda duration: loop.sleep(round(duration * 1000))),
            (os, "urandom", dice.random.randbytes),
            (uuid, "uuid4", lambda: uuid.UUID(dice.identifier())),
            (ThreadPoolExecutor, "submit", _inline),
            (urllib3.PoolManager, "urlopen", _fetch(router)),
            (socket, "getaddrinfo", _address),
            *replacements(router),
        ):
            stack.enter_context(mock.patch.object(owner, name, value))
        for attribute, module in _holders():
            stack.enter_context(mock.patch.object(module, attribute, virtual))
        stack.enter_context(mock.patch.dict(os.environ, _CREDENTIALS))
        # What one world fetched another does not know yet.
        stack.enter_context(mock.patch.dict(vars(parameters)["DEFAULT_PROVIDERS"], clear=True))
        yield

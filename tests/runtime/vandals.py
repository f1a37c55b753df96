"""Handlers that leave the process other than they found it, each in one way."""

from __future__ import annotations

import builtins
import datetime as dt
import gc
import json
import logging
import os
import random
import signal
import socket
import sys
import threading
import time
import traceback
import warnings
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarivum_jobs import JobContext
    from tests.runtime.samples import Sample

    Vandal = Callable[[Sample, JobContext], object]

DISABLED = "POWERTOOLS_IDEMPOTENCY_DISABLED"
STREAMS: list[Any] = []


def boom(*_arguments: object, **_named: object) -> Any:  # noqa: ANN401 - stands for anything
    """Fail."""
    raise RuntimeError


def leave(*_arguments: object) -> Any:  # noqa: ANN401
    """Exit."""
    raise SystemExit


class Broken(logging.Handler):
    """Cannot write a line."""

    def emit(self, _record: logging.LogRecord) -> None:
        """Exit."""
        raise SystemExit


def _log(context: JobContext) -> logging.Logger:
    return logging.getLogger(context.logger.name)


def _format(context: JobContext, formatter: logging.Formatter) -> None:
    for handler in _log(context).handlers:
        handler.setFormatter(formatter)


def _shallow(*_: object) -> None:
    sys.setrecursionlimit(_depth() + 12)


def _depth() -> int:
    frame, depth = sys._getframe(), 0  # noqa: SLF001 - the only way to count
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def _at(owner: Any, name: str, value: Any = boom) -> Vandal:  # noqa: ANN401
    return lambda *_: setattr(owner, name, value)


def _alarm(*_: object) -> None:
    signal.signal(signal.SIGALRM, boom)
    signal.setitimer(signal.ITIMER_REAL, 0.02)


def _environ(change: Callable[[], object]) -> Vandal:
    return lambda *_: change()


_PATCHED: dict[Any, str] = {
    time: "time monotonic gmtime perf_counter",
    random: "uniform sample random",
    json: "dumps loads",
    logging.Logger: "info _log handle makeRecord",
    logging: "LogRecord",
    dt: "datetime",
    os: "getenv",
    traceback: "extract_tb",
    builtins: "print",
    sys: "excepthook",
    threading: "excepthook",
}

VANDALS: dict[str, Vandal] = {
    **{
        f"{getattr(owner, '__name__', '')}.{name}": _at(owner, name)
        for owner, names in _PATCHED.items()
        for name in names.split()
    },
    "time stands": _at(time, "time", lambda: 0),
    "json says nothing": _at(json, "dumps", lambda *_a, **_n: None),
    "logging disabled": lambda *_: logging.disable(logging.CRITICAL),
    "log level": lambda _p, c: c.logger.setLevel("CRITICAL"),
    "log disabled": lambda _p, c: setattr(_log(c), "disabled", True),
    "log filter": lambda _p, c: _log(c).addFilter(boom),
    "log filters gone": lambda _p, c: _log(c).filters.clear(),
    "log handler": lambda _p, c: _log(c).addHandler(Broken()),
    "log handlers gone": lambda _p, c: _log(c).handlers.clear(),
    "handler filter": lambda _p, c: _log(c).handlers[0].addFilter(leave),
    "log format": lambda _p, c: _format(c, logging.Formatter("%(nothing)s")),
    "record factory": lambda *_: logging.setLogRecordFactory(boom),
    "log keys": lambda _p, c: c.logger.append_keys(level=boom, location=3, message="x", job="y"),
    "log keys gone": lambda _p, c: c.logger.remove_keys(["level", "message", "job", "job_id"]),
    "other logger": lambda _p, c: Logger(service=c.job).append_keys(job_id="mine", attempt=99),
    "idempotency off": _environ(lambda: os.environ.update({DISABLED: "true"})),
    "environment cleared": _environ(os.environ.clear),
    "environment replaced": _at(os, "environ", {DISABLED: "1"}),
    "shallow": _shallow,
    "trace": lambda *_: sys.settrace(boom),
    "profile": lambda *_: sys.setprofile(boom),
    "socket": lambda *_: socket.setdefaulttimeout(1e-9),
    "warnings": lambda *_: warnings.simplefilter("error"),
    "garbage": lambda *_: gc.disable(),
    "alarm": _alarm,
    "secrets": lambda _p, c: c.secret.arns.update({"other": "arn"}),  # type: ignore[attr-defined]
    "payload": lambda p, _c: vars(p).clear(),
    "context": lambda _p, c: object.__setattr__(c, "job_id", "other"),
    "stdout": _at(sys, "stdout", None),
}
"""By name; what raises has failed, and harms nobody either."""

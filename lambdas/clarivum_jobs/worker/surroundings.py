"""What all messages of a sandbox share, put back after the handler of one of them changed it.

A handler is free to change the process it runs in. What this library and its clients need to work
on the next message, and what would hit that one unawares, is as it was found.
"""

import contextlib
import datetime as dt
import json
import logging
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, MutableMapping
from typing import Any

_NAMES: tuple[tuple[Any, str], ...] = (
    *((time, name) for name in ("time", "monotonic", "perf_counter", "time_ns", "gmtime")),
    *((json, name) for name in ("dumps", "loads", "JSONDecodeError")),
    *((random, name) for name in ("uniform", "sample", "random")),
    *((dt, name) for name in ("datetime", "date", "timedelta")),
    *((os, name) for name in ("environ", "getenv", "urandom")),
)
"""Functions of the standard library without which neither this library nor botocore works."""

_OWN_VARIABLES = ("AWS_", "JOB_", "JOBS_", "POWERTOOLS_")


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Put back at the end of the block what was changed in it."""
    names = [(module, name, getattr(module, name)) for module, name in _NAMES]
    environment = os.environ
    variables = _variables(environment)
    depth, timeout = sys.getrecursionlimit(), socket.getdefaulttimeout()
    watched, silenced = (sys.gettrace(), sys.getprofile()), logging.root.manager.disable
    try:
        yield
    finally:
        # The deepest that may be first: without it nothing else here could be called.
        sys.setrecursionlimit(max(depth, sys.getrecursionlimit()))
        if watched != (sys.gettrace(), sys.getprofile()):
            sys.settrace(watched[0])
            sys.setprofile(watched[1])
        for module, name, value in names:
            if getattr(module, name, None) is not value:
                setattr(module, name, value)
        if variables != _variables(environment):
            _put_back(environment, variables)
        if socket.getdefaulttimeout() != timeout:
            socket.setdefaulttimeout(timeout)
        logging.root.manager.disable = silenced
        _stop_alarm()


def _variables(environment: Any) -> dict[Any, Any]:  # noqa: ANN401 - somebody's mapping
    """Return a copy, encoded where Python keeps it so: decoding is most of what reading costs."""
    encoded = vars(environment).get("_data") if isinstance(environment, os._Environ) else None  # noqa: SLF001
    return dict(environment if encoded is None else encoded)


def _put_back(environment: MutableMapping[str, str], before: dict[Any, Any]) -> None:
    """Set our own variables, and those of our clients, to what they were; others are left."""
    was = {os.fsdecode(name): os.fsdecode(value) for name, value in before.items()}
    for name in {*environment, *was}:
        if not name.startswith(_OWN_VARIABLES) or environment.get(name) == was.get(name):
            continue
        if name in was:
            environment[name] = was[name]
        else:
            del environment[name]


def _stop_alarm() -> None:
    """Let no alarm that a handler has set ring in the work of another."""
    if threading.current_thread() is threading.main_thread():
        signal.setitimer(signal.ITIMER_REAL, 0)

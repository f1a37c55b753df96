"""What a handler does to the process that it runs in is not felt by the next message."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import io
import json
import logging
import os
import random
import signal
import socket
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from tests import chance
from tests.runtime.bench import SETTINGS, Bench, body, log_lines, record
from tests.runtime.vandals import DISABLED, VANDALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clarivum_jobs import JobContext
    from tests.runtime.samples import Sample

# Whom the library asks for something, and who is asked by it; the machine of tests needs them too.
_OWNERS: tuple[Any, ...] = (time, random, json, dt, os, logging, logging.Logger)

_SPOILS_LOGGING = {"stdout", "record factory", *(name for name in VANDALS if "Logger." in name)}
"""Ways that reach every logger of the process: such lines are lost, and no work is."""


@contextlib.contextmanager
def _mended() -> Iterator[None]:
    """Put back what vandals leave and the library need not mend, and what it failed to."""
    held = [(owner, dict(vars(owner))) for owner in _OWNERS]
    environment, alarm = dict(os.environ), signal.getsignal(signal.SIGALRM)
    depth, factory = sys.getrecursionlimit(), logging.getLogRecordFactory()
    hooks = sys.excepthook, sys.settrace, sys.setprofile
    logger = logging.getLogger(SETTINGS.job)
    handlers, level = list(logger.handlers), logger.level
    try:
        with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("threading.excepthook", lambda *_: None)
            patch.setattr("builtins.print", print)
            patch.setattr("traceback.extract_tb", __import__("traceback").extract_tb)
            yield
    finally:
        sys.setrecursionlimit(depth)
        sys.settrace(None)
        sys.setprofile(None)
        for owner, names in held:
            for name, value in names.items():
                if vars(owner).get(name) is not value:
                    setattr(owner, name, value)
        os.environ.clear()
        os.environ.update(environment)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarm)
        logging.setLogRecordFactory(factory)
        logging.disable(logging.NOTSET)
        socket.setdefaulttimeout(None)
        gc.enable()
        sys.excepthook = hooks[0]
        logger.handlers, logger.disabled = handlers, False
        logger.setLevel(level)


def _worked(vandals: list[str], out: io.StringIO) -> tuple[Bench, list[str]]:
    """Let vandals and healthy messages take turns in one batch; return who came back."""
    logging.Logger.manager.loggerDict.pop(SETTINGS.job, None)
    bench = Bench()

    def act(payload: Sample, context: JobContext) -> None:
        number = payload.copy_no - 1
        if number % 2 == 0:
            VANDALS[vandals[number // 2]](payload, context)
        else:
            if not _SPOILS_LOGGING & {*vandals}:
                context.logger.info("healthy", extra={"at": time.time()})
            time.sleep(0.03 if vandals[number // 2] == "alarm" else 0)

    bench.handler.acts = act
    batch = [record(body(copy_no=n + 1), f"m{n}") for n in range(2 * len(vandals))]
    with _mended():
        sys.stdout, real = out, sys.stdout
        try:
            return bench, bench.run(*batch)
        finally:
            sys.stdout = real


def _check(vandals: list[str]) -> None:
    out = io.StringIO()
    bench, left = _worked(vandals, out)
    healthy = {f"m{2 * n + 1}" for n in range(len(vandals))}

    assert not healthy & set(left)
    assert bench.dead == []
    assert len(bench.handler.seen) == 2 * len(vandals)
    assert DISABLED not in os.environ
    lines = log_lines(out.getvalue())
    if not _SPOILS_LOGGING & {*vandals}:
        done = {line["message_id"] for line in lines if line.get("outcome") == "done"}
        told = [line for line in lines if line.get("message") == "healthy"]
        assert healthy <= done
        assert len(told) == len(healthy)
        assert {(line["job"], line["attempt"]) for line in told} == {(SETTINGS.job, 1)}
        assert len({line["job_id"] for line in told}) == len(healthy)


@pytest.mark.parametrize("name", VANDALS)
def test_no_vandal_harms_the_next_message(name: str) -> None:
    """Neither its work nor its lines in the log."""
    _check([name])


def test_several_of_them_do_not_either() -> None:
    """In any order, in one batch."""
    draw = chance.drawer("vandals")
    for _ in range(chance.count("VANDALS", 25, 1000)):
        _check(draw.sample(sorted(VANDALS), 5))

"""A person's upcaster at arm's length: a process of its own, a time limit, a channel of its own."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_RUNNER = Path(__file__).parent / "upcast.py"
_CHUNK = 1 << 16
_FORGED = "it wrote into the gate's own channel"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: until the module is imported, for one payload, and for all of them."""

    start: float = 60
    one: float = 10
    all: float = 120


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Answers:
    """What an upcaster made of payloads.

    Attributes:
        unusable: Why it cannot be called at all; empty if it can.
        values: An answer a payload, in order: `value`, or `error`, or `fault`. The first that is
            no value is the last.
    """

    unusable: str
    values: tuple[Mapping[str, object], ...]


def run(
    folder: Path,
    module: str,
    function: str,
    documents: Sequence[object],
    limits: Limits = LIMITS,
) -> Answers:
    """Return what a function makes of payloads; whatever it does, this comes back.

    Args:
        folder: Where its module is imported from.
        module: Its module.
        function: Its name.
        documents: The payloads, as JSON values.
        limits: How long it may take.
    """
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as directory:
        inputs = Path(directory, "inputs.json")
        inputs.write_text(json.dumps(documents), encoding="utf-8")
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, str(_RUNNER), module, function, str(inputs), str(writing)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(writing,),
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        )
        os.close(writing)
        try:
            return _collected(process, _lines(reading, limits), len(documents))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            os.close(reading)


def _collected(
    process: "subprocess.Popen[bytes]", lines: Iterator[bytes | str], count: int
) -> Answers:
    """Return the answers up to the last one, or to what stands in the place of one."""
    values: list[Mapping[str, object]] = []
    started = False
    for line in lines:
        answer = {"error": line} if isinstance(line, str) else _read(line)
        if started:
            values.append(answer)
        elif "ready" not in answer:
            return Answers(str(answer.get("error", _FORGED)), ())
        started = True
        if len(values) == count or (values and "value" not in values[-1]):
            return Answers("", tuple(values))
    reason = _ending(process)
    if not started:
        return Answers(reason, ())
    return Answers("", (*values, {"error": reason}))


def _lines(channel: int, limits: Limits) -> Iterator[bytes | str]:
    """Yield each line, or the word that none came in time."""
    waiting = b""
    began, limit = time.monotonic(), limits.start
    end = began + limits.start + limits.all
    last = began
    while True:
        line, found, rest = waiting.partition(b"\n")
        if found:
            waiting, last, limit = rest, time.monotonic(), limits.one
            yield line
            continue
        left = min(last + limit, end) - time.monotonic()
        if left <= 0 or not select.select([channel], [], [], left)[0]:
            yield f"it did not return within {min(limit, limits.all):g} seconds"
            return
        data = os.read(channel, _CHUNK)
        if not data:
            return
        waiting += data


def _read(line: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else {"error": _FORGED}


def _ending(process: "subprocess.Popen[bytes]") -> str:
    try:
        status = process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        return "it closed the gate's channel"
    return f"it ended the process with status {status}"

"""What a function printed, to its last line: the emulator reads on until a mark says that was all.

Version 1.5.33 stops 5 milliseconds after a line, which on a busy machine is before the next one: it
then stands in the log of the next invocation, or nowhere. Imported by the emulator's interpreter.
"""

import queue
import time
from collections.abc import Callable
from typing import Any

END = "\x1eend of invocation"
"""What a function's process writes to its standard error behind everything else."""

_LONGEST = 10.0  # seconds that the end of the output may be late
_LOOK = 0.05

_CALL = "result = handler_fn(event, context)"
_MARKED = f"""
import os, sys

def _to_its_end(handler, event, context):
    try:
        return handler(event, context)
    finally:
        sys.stderr.flush()
        os.write(2, {(chr(10) + END + chr(10)).encode()!r})

"""


def marking(script: str) -> str:
    """Return the program of a function's process, which says where each invocation's output ends.

    Raises:
        ValueError: It is not the program that is known.
    """
    if script.count(_CALL) != 1:
        message = "the emulator's program for functions has changed"
        raise ValueError(message)
    return _MARKED + script.replace(_CALL, "result = _to_its_end(handler_fn, event, context)")


def reading(original: Callable[..., str]) -> Callable[..., str]:
    """Return what collects the lines of a run of Python; others are left to `original`."""

    def collect(worker: Any, *arguments: Any, **named: Any) -> str:  # noqa: ANN401 - the emulator's
        if not str(worker.config.get("Runtime", "")).startswith("python"):
            return original(worker, *arguments, **named)
        lines: list[str] = []
        end = time.monotonic() + _LONGEST
        while time.monotonic() < end:
            # A process that died says nothing more, once its pipe is empty.
            ended = not worker._stderr_thread.is_alive()  # noqa: SLF001 - the emulator's reader
            try:
                line = worker._stderr_queue.get(timeout=_LOOK)  # noqa: SLF001 - likewise
            except queue.Empty:
                if ended:
                    break
                continue
            if line == END:
                break
            lines.append(line)
        # The mark begins a line of its own, also behind one that was not ended.
        return "\n".join(lines[:-1] if lines and not lines[-1] else lines)

    return collect

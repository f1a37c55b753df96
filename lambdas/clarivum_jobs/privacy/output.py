"""What a handler prints or logs past its own logger is cleaned on its way out."""

import logging
import sys
import threading
from collections.abc import Iterable
from typing import BinaryIO, TextIO, cast

from clarivum_jobs.core.foreign import foreign
from clarivum_jobs.privacy.sensitive import as_text, cleaned_output

# A line is written piece by piece, as `print` does with what it is given, and cleaned as a whole.
# Of one that does not end this much is held back.
_LONGEST_LINE = 16_384


class _Cleaned:
    """A stream that writes no sensitive value; in everything else the one behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    @property
    def buffer(self) -> "_CleanedBytes":
        return _CleanedBytes(self, self._stream.buffer)

    def write(self, text: str) -> int:
        with self._lock:
            held = self._begun + text
            ended = held.endswith("\n") or len(held) > _LONGEST_LINE
            self._begun = "" if ended else held
        if ended:
            self._stream.write(cleaned_output(held))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def end_line(self) -> None:
        if self._begun:
            self.write("\n")

    def flush(self) -> None:
        with self._lock:
            held, self._begun = self._begun, ""
        if held:
            self._stream.write(cleaned_output(held))
        self._stream.flush()


class _CleanedBytes:
    """The bytes of such a stream."""

    def __init__(self, text: _Cleaned, stream: BinaryIO) -> None:
        self._text, self._stream = text, stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, data: bytes) -> int:
        self._text.write(bytes(data).decode(errors="replace"))
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        self._text.flush()


def guard_output() -> None:
    """Clean what is printed, and what Lambda's own handlers log, from here on.

    To be called anew for each event: others may have put another stream or handler in place.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Cleaned):
            setattr(sys, name, cast("TextIO", _Cleaned(stream)))
    for handler in logging.getLogger().handlers:
        if _clean_record not in handler.filters:
            handler.addFilter(_clean_record)


def end_lines() -> None:
    """End the line that was begun and not ended: what comes next, such as metrics, has its own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, _Cleaned):
            stream.end_line()


def clean_message(record: logging.LogRecord) -> bool:
    """Put a cleaned message in the place of a record's message and arguments."""
    message = as_text(record.msg)
    if record.args:
        # A log call whose arguments do not fit must not fail the job.
        unfit = f"{message!r} [its arguments do not fit]"
        message = foreign(lambda: str(record.getMessage()), otherwise=unfit)
    record.msg, record.args = cleaned_output(message), None
    return True


def _clean_record(record: logging.LogRecord) -> bool:
    """Clean a record of anybody's logger, with the text of its error."""
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)
    if record.exc_text:
        record.exc_text = cleaned_output(record.exc_text)
    return clean_message(record)

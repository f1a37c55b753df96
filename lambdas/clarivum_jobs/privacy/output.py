"""What a handler prints or logs past its own logger is cleaned on its way out."""

import logging
import sys
from typing import TextIO, cast

from clarivum_jobs.privacy.sensitive import cleaned_output


class _Cleaned:
    """A stream that writes no sensitive value; in everything else the one behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write(cleaned_output(text))
        return len(text)


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


def clean_message(record: logging.LogRecord) -> bool:
    """Put a cleaned message in the place of a record's message and arguments."""
    try:
        message = str(record.getMessage() if record.args else record.msg)
    except Exception:  # noqa: BLE001 - a log call whose arguments do not fit must not fail the job
        message = f"{record.msg!r} [its arguments do not fit]"
    record.msg, record.args = cleaned_output(message), None
    return True


def _clean_record(record: logging.LogRecord) -> bool:
    """Clean a record of anybody's logger, with the text of its error."""
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)
    if record.exc_text:
        record.exc_text = cleaned_output(record.exc_text)
    return clean_message(record)

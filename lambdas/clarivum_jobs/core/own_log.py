"""The library's own lines in the job's log, and the log as one message's handler leaves it."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from clarivum_jobs.core.foreign import foreign

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

_CALLER = 6
"""Frames from Powertools to whoever says something: a line tells where that was."""


@dataclass(frozen=True, slots=True)
class OwnLog:
    """Writes lines that nothing depends on: filters, handlers and factories are foreign code.

    Attributes:
        logger: The job's, which its handlers have too.
    """

    logger: "Logger"

    def info(self, message: str, **fields: object) -> None:
        """Write what happened."""
        self._write(self.logger.info, message, fields)

    def warning(self, message: str, **fields: object) -> None:
        """Write what somebody should look at."""
        self._write(self.logger.warning, message, fields)

    def error(self, message: str, **fields: object) -> None:
        """Write what went wrong."""
        self._write(self.logger.error, message, fields)

    def _write(
        self, write: Callable[..., None], message: str, fields: Mapping[str, object]
    ) -> None:
        foreign(lambda: write(message, extra=fields, stacklevel=_CALLER), otherwise=None)


@contextlib.contextmanager
def as_found(logger: "Logger", **keys: object) -> Iterator[None]:
    """Give a logger `keys` inside the block, and undo at its end what was done to it in there.

    What a handler appends or removes, its filters and its levels are one message's: others come
    after it. A part that cannot be read or set is left as it is.
    """
    appended = foreign(lambda: dict(logger.get_current_keys()), otherwise=None)
    below = logging.getLogger(logger.name)
    before = _State.of(below)
    foreign(lambda: logger.append_keys(**keys), otherwise=None)
    try:
        yield
    finally:
        foreign(lambda: before.put_back(below), otherwise=None)
        if appended is not None:
            foreign(lambda: _set_keys(logger, appended), otherwise=None)


class _State(NamedTuple):
    """What decides whether and how a logger writes a line."""

    handlers: list[logging.Handler]
    filters: list[Any]
    level: int
    disabled: bool
    each: list[Any]

    @classmethod
    def of(cls, logger: logging.Logger) -> Self:
        """Read it."""
        each = [(one.formatter, one.level, one.filters[:]) for one in logger.handlers]
        return cls(logger.handlers[:], list(logger.filters), logger.level, logger.disabled, each)

    def put_back(self, logger: logging.Logger) -> None:
        """Let a logger and the handlers that it had be so again."""
        if self == _State.of(logger):
            return
        logger.handlers, logger.filters = self.handlers, list(self.filters)
        logger.disabled = self.disabled
        for one, (formatter, level, filters) in zip(self.handlers, self.each, strict=True):
            one.formatter, one.filters = formatter, list(filters)
            one.level = level
        logger.setLevel(self.level)


def _set_keys(logger: "Logger", keys: dict[str, object]) -> None:
    logger.remove_keys([key for key in logger.get_current_keys() if key not in keys])
    logger.append_keys(**keys)

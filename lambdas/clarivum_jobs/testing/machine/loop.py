"""Virtual time: a queue of events, and processes that run ordinary code between them.

A process is a thread, yet never two run at once: the loop hands the turn over and gets it back, so
a run depends on nothing but its inputs. Real time never enters; a virtual week takes milliseconds.
"""

import _thread
import ctypes
import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Any

from clarivum_jobs.core.errors import SandboxEndedError

START = 1_767_225_600_000
"""Where virtual time begins: 2026-01-01T00:00:00Z, in milliseconds since the epoch."""


_LOOK = 0.5
"""Seconds of real time after which a process that has the turn is looked at."""


class Killed(SandboxEndedError):  # noqa: N818 - nothing is wrong: it is what happened
    """The sandbox this code ran in is gone.

    Python has no way to stop a thread, so the code unwinds; but from here on nothing it does is
    observed: each further call, sleep or effect raises this again and changes nothing.
    """


class Event:
    """One thing that will happen, unless it is cancelled first."""

    __slots__ = ("action", "cancelled")

    def __init__(self, action: Callable[[], None]) -> None:
        """Plan `action`."""
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        """Let it not happen; without effect when it already has."""
        self.cancelled = True


class Process:
    """A piece of code that may pause in the middle while virtual time passes.

    Attributes:
        dead: Whether its sandbox is gone.
        ended: Whether its code has come to an end.
        processor_limit: Seconds of a processor after which it is ended, 0 for no limit.
        overran: Called when that happens.
    """

    def __init__(self, loop: "Loop", name: str, body: Callable[[], None], owner: Any) -> None:  # noqa: ANN401
        """Prepare to run `body` for `owner`; nothing runs before the first `resume`."""
        self.name = name
        self.owner = owner
        self.dead = False
        self.ended = False
        self.processor_limit = 0.0
        self.overran: Callable[[], None] = lambda: None
        self._thread = 0
        self._loop = loop
        self._body = body
        self._started = False
        self._go, self._back = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._back.acquire()

    def resume(self) -> None:
        """Let the process run until it pauses or ends. Called by the loop alone."""
        if self.ended:
            return
        before = self._loop.turn(self)
        if not self._started:
            self._started = True
            _thread.start_new_thread(self._run, ())  # a third of what a Thread costs
        else:
            self._go.release()
        while not self._back.acquire(timeout=_LOOK):
            self._look()
        self._loop.turn(before)

    def _look(self) -> None:
        """End code that computes for too long: virtual time stands still while it does."""
        if not self.processor_limit or not self._thread:
            return
        used = time.clock_gettime(time.pthread_getcpuclockid(self._thread))
        if used > self.processor_limit:
            self.overran()
            self.dead = True
            # Once more at each look: the code may catch it, and go on computing.
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(self._thread), ctypes.py_object(Killed)
            )

    def pause(self) -> None:
        """Give the turn back; returns when the loop resumes the process. Called inside it."""
        self._back.release()
        self._go.acquire()
        self.check()

    def check(self) -> None:
        """Refuse to go on in a sandbox that is gone.

        Raises:
            Killed: The process was killed.
        """
        if self.dead:
            raise Killed

    def kill(self) -> None:
        """End the process at the point it has reached, without letting it notice."""
        self.dead = True
        if self._loop.current is not self:
            self.resume()

    def _run(self) -> None:
        self._thread = threading.get_ident()
        try:
            self._body()
        finally:
            self._thread, self.ended = 0, True
            self._loop.processes.remove(self)
            self._back.release()


class Loop:
    """The clock and what is planned on it.

    Attributes:
        now: The time, in milliseconds since the epoch, by which services go.
        offset: How far the clock of whoever has the turn is ahead of it.
        current: Who has the turn; none for the code that made the world.
    """

    def __init__(self, start: int = START) -> None:
        """Begin at `start`, in milliseconds since the epoch."""
        self.now, self.offset = start, 0
        self.current: Process | None = None
        self.processes: list[Process] = []
        self.turned: Callable[[Process | None], None] = lambda _process: None
        self._horizon = start
        self._order = itertools.count()
        self._events: list[tuple[int, int, Event]] = []

    @property
    def wall(self) -> int:
        """The time that whoever has the turn reads off its own clock."""
        return self.now + self.offset

    def at(self, when: int, action: Callable[[], None]) -> Event:
        """Plan `action` for a moment; for one moment, first come first served."""
        event = Event(action)
        heapq.heappush(self._events, (max(when, self.now), next(self._order), event))
        return event

    def turn(self, process: Process | None) -> Process | None:
        """Say whose turn it is from here on; returns whose it was."""
        before, self.current = self.current, process
        self.turned(process)
        return before

    def start(self, name: str, body: Callable[[], None], owner: Any) -> Process:  # noqa: ANN401
        """Plan a process for now."""
        process = Process(self, name, body, owner)
        self.processes.append(process)
        self.at(self.now, process.resume)
        return process

    def sleep(self, milliseconds: int) -> None:
        """Let time pass for whoever calls: in a process its own, else everybody's."""
        process, wake = self.current, self.now + max(milliseconds, 0)
        if process is None:
            self.run(wake)
            return
        process.check()
        upcoming = self._upcoming()
        if wake <= self._horizon and (upcoming is None or upcoming > wake):
            self.now = wake  # nothing else happens in between: no need to hand the turn over
            return
        self.at(wake, process.resume)
        process.pause()

    def run(self, until: int) -> None:
        """Let everything happen that is planned up to a moment, and end there."""
        self._horizon = until
        while self._events and self._events[0][0] <= until:
            when, _, event = heapq.heappop(self._events)
            if not event.cancelled:
                self.now = when
                event.action()
        self.now = max(self.now, until)

    def _upcoming(self) -> int | None:
        while self._events and self._events[0][2].cancelled:
            heapq.heappop(self._events)
        return self._events[0][0] if self._events else None

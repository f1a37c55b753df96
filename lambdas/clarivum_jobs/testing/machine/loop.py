"""Virtual time: a queue of events, and processes that run ordinary code between them.

A process is a thread, yet never two run at once: the loop hands the turn over and gets it back, so
a run depends on nothing but its inputs. Real time never enters; a virtual week takes milliseconds.
"""

import _thread
import heapq
import itertools
import threading
from collections.abc import Callable
from typing import Any

from clarivum_jobs.core.errors import SandboxEndedError

START = 1_767_225_600_000
"""Where virtual time begins: 2026-01-01T00:00:00Z, in milliseconds since the epoch."""


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
    """A piece of code that may pause in the middle while virtual time passes."""

    def __init__(self, loop: "Loop", name: str, body: Callable[[], None], owner: Any) -> None:  # noqa: ANN401
        """Prepare to run `body` for `owner`; nothing runs before the first `resume`."""
        self.name = name
        self.owner = owner
        self.dead = False
        self.ended = False
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
        self._back.acquire()
        self._loop.turn(before)

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
        try:
            self._body()
        finally:
            self.ended = True
            self._loop.processes.remove(self)
            self._back.release()


class Loop:
    """The clock and what is planned on it."""

    def __init__(self, start: int = START) -> None:
        """Begin at `start`, in milliseconds since the epoch."""
        self.now = start
        self.current: Process | None = None
        self.processes: list[Process] = []
        self.turned: Callable[[Process | None], None] = lambda _process: None
        self._horizon = start
        self._order = itertools.count()
        self._events: list[tuple[int, int, Event]] = []

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

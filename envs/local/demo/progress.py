"""What is being done, and for how long: one line a step, alive on a terminal, plain in a log."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

_REMINDER = 20.0  # seconds between two signs of life in a log


class Progress:
    """Prints steps with their times."""

    def __init__(self, console: Console) -> None:
        """Start the clock that every line shows."""
        self._console = console
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Print a line with the time since the beginning."""
        self._console.print(f"[dim]{self.elapsed():6.1f} s[/dim]  {text}", highlight=False)

    def tell(self, text: str) -> None:
        """Print text as it is, such as a line of a log or what the generator says."""
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)

    def elapsed(self) -> float:
        """Return the seconds since the beginning."""
        return time.monotonic() - self._began

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show a step while it lasts, and how long it took when it has succeeded."""
        began = time.monotonic()
        with self._alive(text, began):
            yield
        self.say(f"[green]✓[/green] {text} [dim]({time.monotonic() - began:.1f} s)[/dim]")

    @contextmanager
    def _alive(self, text: str, began: float) -> Iterator[None]:
        done = threading.Event()
        if self._console.is_terminal:
            status = self._console.status(text)
            status.start()
            pause = 0.2
        else:
            status = None
            pause = _REMINDER

        def remind() -> None:
            while not done.wait(pause):
                seconds = time.monotonic() - began
                if status:
                    status.update(f"{text} [dim]{seconds:.0f} s[/dim]")
                else:
                    self.say(f"… {text} [dim]({seconds:.0f} s so far)[/dim]")

        reminder = threading.Thread(target=remind, daemon=True)
        reminder.start()
        try:
            yield
        finally:
            done.set()
            reminder.join()
            if status:
                status.stop()

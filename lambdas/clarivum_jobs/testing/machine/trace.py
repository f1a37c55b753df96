"""What happened in a simulation, one line each; equal seeds give equal bytes."""

import hashlib
import json


class Trace:
    """An append-only account of a run."""

    def __init__(self, start: int) -> None:
        """Count time from `start`, in milliseconds since the epoch."""
        self._start = start
        self.lines: list[str] = []

    def add(self, now: int, who: str, what: str, **details: object) -> None:
        """Write one line: seconds since the start, who did what, and its particulars."""
        text = "".join(
            f" {name}={json.dumps(value, sort_keys=True, default=str)}"
            for name, value in details.items()
        )
        self.lines.append(f"{(now - self._start) / 1000:>12.3f} {who} {what}{text}")

    @property
    def text(self) -> str:
        """The whole account."""
        return "\n".join(self.lines) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the account, to compare two runs by."""
        return hashlib.sha256(self.text.encode()).hexdigest()

"""The log of all jobs in one place, printed beside the loop."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from envs.desk import logs
from envs.desk.commands.reading import text_of
from envs.desk.errors import DeskError
from envs.desk.opening import LOCAL, open_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_EVERY = 0.5  # seconds between two looks
_AGAIN = 2.0  # seconds to wait where the local AWS does not answer, or the manifest has errors


def follow(root: Path, tell: Callable[[str], None], ended: threading.Event) -> threading.Thread:
    """Print what workers say until the event is set; in a thread of its own."""

    def run() -> None:
        since = round(time.time() * 1000)
        while not ended.is_set():
            try:
                place = open_place(root, LOCAL)
                for new in logs.follow(place, list(place.jobs), since, every=_EVERY):
                    for line in new:
                        since = max(since, line.at)
                        tell(text_of(line))
                    if ended.is_set():
                        return
            except (DeskError, ClientError, BotoCoreError):
                ended.wait(_AGAIN)

    thread = threading.Thread(target=run, daemon=True, name="log")
    thread.start()
    return thread

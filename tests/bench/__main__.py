"""`make bench`: what takes how long, beside what others take, as a table.

`BENCH_TURNS` says how many turns each side takes (5), and `BENCH_ONLY` a part of the names of the
rows that are wanted. Times are of the processor, so that neighbours on the machine count little;
ratios are medians of turns that were taken one after the other. Nothing here is a test: what must
not grow is asserted as counts, in `tests/runtime` and `tests/generator`.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tests.bench import generation, messages, shipped, startup, table
from tests.bench.measuring import Measured, measured
from tests.bench.processes import FOLDER, NotHereError, SideFailedError, install_peers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.measuring import Row

TURNS = int(os.environ.get("BENCH_TURNS", "5"))
ONLY = os.environ.get("BENCH_ONLY", "")
MESSAGES = 1000


def rows() -> Iterator[tuple[str, Callable[[], list[Row]]]]:
    """Yield each group of rows with its name; what it needs is made when it is called."""
    yield "check", lambda: [startup.check(), startup.refused()]
    for jobs in (6, 50, 500):
        yield f"generate {jobs}", lambda jobs=jobs: [generation.against_floor(jobs)]  # type: ignore[misc] # bound now
    yield "worker", lambda: messages.working(MESSAGES)
    yield "producer", lambda: messages.sending(MESSAGES)
    yield "simulator", lambda: [messages.simulating(MESSAGES)]
    yield "cold", lambda: [shipped.cold(shipped.packaged())]
    yield "peers celery", lambda: [_with_peers(lambda: messages.against_celery(MESSAGES))]
    yield "peers generate", lambda: [_with_peers(lambda: generation.against_peers(500))]


def _with_peers(row: Callable[[], Row]) -> Row:
    install_peers()
    return row()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Measure every row, print it when it is there, and keep all of them in `build/bench`.

    Returns:
        1 if a side failed, whose row is missing then; 0 otherwise.
    """
    done: list[Measured] = []
    notes: list[str] = []
    failed = False
    _say(f"{TURNS} turns a side, on {table.machine()}\n\n{table.HEAD}")
    for group, make in rows():
        if ONLY not in group:
            continue
        try:
            for row in make():
                done.append(measured(row, TURNS))
                _say(table.lines(done[-1]))
        except NotHereError as error:
            notes.append(f"{group} is left out: {error}")
        except SideFailedError as error:
            notes.append(f"{group} failed: {error}")
            failed = True
    if ONLY in "layer":
        notes.append(shipped.weight(shipped.packaged()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "rows.json").write_text(table.as_data(done), encoding="utf-8")
    _say("\n".join(["", *notes]))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

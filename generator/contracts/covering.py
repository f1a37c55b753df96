"""Rows that hold every pair of values of every two columns: each value meets each other one.

Built column by column, as in the in-parameter-order method of Lei and Tai (1998).
"""

from collections.abc import Sequence
from itertools import combinations, product

Row = list[int | None]


def pairwise(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """Return rows of indices, column i below `sizes[i]`, that hold every pair of two columns."""
    if not sizes or not all(sizes):
        return []
    by_size = sorted(range(len(sizes)), key=lambda column: -sizes[column])
    ordered = [sizes[column] for column in by_size]
    rows: list[Row] = [list(row) for row in product(*(range(size) for size in ordered[:2]))]
    for column in range(2, len(ordered)):
        _add_column(rows, ordered, column)
    back = [by_size.index(column) for column in range(len(sizes))]
    return [tuple(row[at] or 0 for at in back) for row in rows]


def _add_column(rows: list[Row], sizes: Sequence[int], column: int) -> None:
    """Give every row a value of one more column, and add rows for the pairs still missing."""
    missing = {
        (other, theirs, ours)
        for other in range(column)
        for theirs in range(sizes[other])
        for ours in range(sizes[column])
    }
    for row in rows:
        best = max(
            range(sizes[column]),
            key=lambda ours: sum((other, row[other], ours) in missing for other in range(column)),
        )
        row.append(best)
        missing -= {
            (other, theirs, best) for other, theirs in enumerate(row[:column]) if theirs is not None
        }
    added: list[Row] = []
    for other, theirs, ours in sorted(missing):
        home = next((r for r in added if r[column] == ours and r[other] in (None, theirs)), None)
        if home is None:
            home = [None] * (column + 1)
            home[column] = ours
            added.append(home)
        home[other] = theirs
    rows += added


def uncovered(rows: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    """Return how many pairs no row holds."""
    pairs = list(combinations(range(len(sizes)), 2))
    held = {(a, b, row[a], row[b]) for row in rows for a, b in pairs}
    return sum(sizes[a] * sizes[b] for a, b in pairs) - len(held)

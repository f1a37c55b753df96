"""Rows of what is paid for each message: by a worker, a producer and the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.measuring import Ran, Row, Side
from tests.bench.processes import PEERS, script

if TYPE_CHECKING:
    from collections.abc import Callable


def working(count: int) -> list[Row]:
    """Return the rows of a worker: with its table, and its own code alone."""
    return [
        Row(
            "worker, with its table",
            "a message",
            Side("ours", script("working", count, "aws")),
            (Side("Powertools by hand", script("working_by_hand", count, "aws"), goal=1.15),),
        ),
        Row(
            "worker, its own code",
            "a message",
            Side("ours", script("working", count, "memory")),
            (Side("Powertools and a set", script("working_by_hand", count, "memory"), goal=2.0),),
        ),
        Row(
            "worker, an address to hide",
            "a message",
            Side("ours", script("working", count, "memory", "addressed")),
            (Side("the same with nothing to hide", script("working", count, "memory")),),
        ),
    ]


def sending(count: int) -> list[Row]:
    """Return the rows of a producer: one call a message, and ten messages a call."""
    one, many = script("sending", count, "one"), script("sending", count, "many")
    return [
        Row(
            "enqueue",
            "a message",
            Side("ours", one),
            (Side("boto3 by hand", script("sending_by_hand", count, "one"), goal=1.1),),
        ),
        Row(
            "enqueue_many",
            "a message",
            Side("ours", many),
            (Side("boto3 by hand", script("sending_by_hand", count, "many"), goal=1.1),),
        ),
    ]


def against_celery(count: int) -> Row:
    """Return the row of a producer against Celery, which has one call for each message."""
    return Row(
        "enqueue_many, as others send",
        "a message",
        Side("ours", _count(script("sending", count, "many"))),
        tuple(
            Side(name, script("sending_celery", count, kind, python=PEERS), goal)
            for name, kind, goal in (
                ("Celery's apply_async", "celery", 1 / 8),
                ("kombu's publish", "kombu", None),
            )
        ),
    )


def simulating(count: int) -> Row:
    """Return the row of the simulator: the worker's own code and the model around it."""
    return Row(
        "simulator",
        "a delivery",
        Side("ours", _count(script("simulating", count))),
        (Side("the worker's own code", _count(script("working", count, "memory")), goal=2.0),),
    )


def _count(turn: Callable[[], Ran]) -> Callable[[], Ran]:
    """Return a turn whose work is that so many messages were sent; all else is told."""

    def counted() -> Ran:
        ran = turn()
        work = dict(ran.work)
        return Ran(ran.seconds, {"messages": work.pop("messages")}, {**work, **ran.told})

    return counted

"""How deep a payload's types lead: through lists, maps and definitions, each of them once."""

from collections.abc import Iterator, Mapping

from generator.contracts import types
from generator.contracts.node import Node

DEEPEST = 199
"""Lists and maps in one another: a worker's parser reads 200 with the message around them."""


def check(top: Node, payload: types.Object) -> None:
    """Complain about a payload that leads deeper than any message can be."""
    levels = deepest(payload, top.definitions)
    if levels > DEEPEST:
        message = (
            f"the payload's definitions lead {levels} levels deep, and a message is at most "
            f"{DEEPEST}"
        )
        hint = "put fewer definitions into one another, or let part of it be any value: `true`"
        top.complain_of_key(("$defs",) if top.definitions else (), "payload-depth", message, hint)


def deepest(payload: types.Type, definitions: Mapping[str, types.Type]) -> int:
    """Return how many lists and maps stand in one another at most, definitions followed.

    Of definitions that lead to each other, each counts once.
    """
    own, leads = {}, {}
    for name, kind in definitions.items():
        own[name], leads[name] = _levels(kind)
    depth: dict[str, int] = {}
    for circle in _circles(leads):
        (name, *others) = circle
        if others or name in leads[name]:
            below = [depth[other] for name in circle for other in leads[name].keys() - circle]
            levels = sum(own[name] for name in circle) + max(below, default=0)
        else:
            levels = _followed(own[name], leads[name], depth)
        depth |= dict.fromkeys(circle, levels)
    return _followed(*_levels(payload), depth)


def _followed(own: int, leads: Mapping[str, int], depth: Mapping[str, int]) -> int:
    return max([own, *(level + depth.get(name, 0) for name, level in leads.items())])


def _levels(kind: types.Type) -> tuple[int, dict[str, int]]:
    """Return how many levels a type has of its own, and on which it names definitions."""
    if isinstance(kind, types.Reference):
        return 0, {kind.name: 0}
    level = int(isinstance(kind, types.Array | types.Object))
    own, leads = 0, dict[str, int]()
    for part in types.parts_of(kind):
        inner, named = _levels(part)
        own = max(own, inner)
        for name, at in named.items():
            leads[name] = max(leads.get(name, 0), level + at)
    return level + own, leads


def _circles(leads: Mapping[str, Mapping[str, int]]) -> Iterator[set[str]]:
    """Yield the sets of names that lead to each other, by Tarjan's algorithm, the inner ones first.

    It keeps its own stack: a chain may be as long as a manifest.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    for first in leads:
        path = [] if first in number else [(first, iter(sorted(leads[first])))]
        while path:
            name, left = path[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                open_.append(name)
            for other in left:
                if other not in number:
                    path.append((other, iter(sorted(leads[other]))))
                    break
                if other in open_:
                    lowest[name] = min(lowest[name], lowest[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    at = open_.index(name)
                    yield set(open_[at:])
                    del open_[at:]

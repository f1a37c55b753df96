"""Lists: what of one may be written and not read as the other."""

from collections.abc import Iterator

from generator import gate_rules
from generator.contracts import types
from generator.contracts.comparison.difference import Difference, Place
from generator.contracts.equality import same_value
from generator.contracts.finite import longest_list
from generator.contracts.samples import EndlessError, samples


def of_arrays(
    writer: types.Array, reader: types.Array, place: Place
) -> Iterator[Difference | tuple[types.Type, types.Type, Place]]:
    """Yield what the reader's list asks for and the writer's does not give, and their items."""
    least, most = writer.min_items or 0, longest_list(writer)
    if most is not None and most < least:
        return

    def found(rule: str, message: str) -> Difference:
        return Difference(rule, place, message, writer, reader)

    if (reader.min_items or 0) > least:
        yield found(gate_rules.BOUND, f"a list of {least} items cannot be read")
    if reader.max_items is not None and (most is None or most > reader.max_items):
        yield found(
            gate_rules.BOUND, f"a list of more than {reader.max_items} items cannot be read"
        )
    if reader.unique and not writer.unique and (most is None or most > 1):
        yield found(gate_rules.UNIQUE, "a list that holds a value twice cannot be read")
    if most == 0:
        return

    def wrap(value: object) -> object:
        return _list_with(value, writer, least)

    yield writer.items, reader.items, place.inside("[]", ("items",), wrap)


def _list_with(value: object, kind: types.Array, least: int) -> list[object]:
    """Return a list of as few items as may be, the value among them.

    Raises:
        EndlessError: There are not so many different items.
    """
    items = [value]
    known = {same_value(value)}
    for other in samples(kind.items) if len(items) < least else ():
        if len(items) < least and (not kind.unique or same_value(other) not in known):
            known.add(same_value(other))
            items.append(other)
    if len(items) < least and kind.unique:
        raise EndlessError
    return items + items[:1] * (least - len(items))

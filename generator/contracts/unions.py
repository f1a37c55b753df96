"""`oneOf`: forms that share no value, so that exactly one of them can fit.

They differ by kind, such as text and object; several objects differ by the text of one property.
"""

from itertools import combinations

from generator.contracts import types
from generator.contracts.equality import all_different
from generator.contracts.node import Node

_HINT = "give each object a required property with a `const` of its own"


def joined(node: Node, forms: list[types.Type]) -> types.Type:
    """Return the union of forms, or complain that they cannot be told apart."""
    flat = [member for form in forms for member in types.members_of(form)]
    if any(isinstance(form, types.Unknown) for form in flat):
        return types.Unknown()
    choices = [form for form in flat if isinstance(form, types.Choice)]
    if len(choices) == len(flat):
        values = tuple(value for form in choices for value in form.values)
        if all_different(list(values)):
            return types.Choice(values)
    objects = [form for form in flat if "object" in types.kinds_of(form)]
    others = [form for form in flat if form not in objects]
    for first, second in combinations([*others, *objects[:1]], 2):
        shared = types.kinds_of(first) & types.kinds_of(second)
        if shared:
            message = f"two forms of `oneOf` can both be {' or '.join(sorted(shared))}"
            node.complain(("oneOf",), "payload-one-of", message, "leave each kind to one form")
            return types.Unknown()
    tag = _tag(objects)
    if tag is None:
        message = "nothing tells the objects of `oneOf` apart"
        node.complain(("oneOf",), "payload-one-of", message, _HINT)
        return types.Unknown()
    members = [member for form in forms for member in _kept(form)]
    return members[0] if len(members) == 1 else types.Union(tuple(members), tag)


def _kept(form: types.Type) -> tuple[types.Type, ...]:
    """Return a union's members and anything else itself; what a reference leads to may change."""
    return form.members if isinstance(form, types.Union) else (form,)


def _tag(objects: list[types.Type]) -> str | None:
    """Return the property whose text tells objects apart, empty for one object, None if none."""
    if len(objects) < 2:  # noqa: PLR2004 - one needs no telling apart
        return ""
    kinds = [types.followed(form) for form in objects]
    first = kinds[0]
    if not isinstance(first, types.Object):
        return None
    for field in first.fields:
        values = [_texts(kind, field.name) for kind in kinds]
        if all(values) and all_different([value for texts in values for value in texts]):
            return field.name
    return None


def _texts(kind: types.Type, name: str) -> tuple[object, ...]:
    """Return what a property must be one of, empty if that is not some text."""
    if not isinstance(kind, types.Object):
        return ()
    field = kind.field(name)
    if field is None or not field.required:
        return ()
    of = types.followed(field.type)
    if isinstance(of, types.Choice) and all(isinstance(value, str) for value in of.values):
        return of.values
    return ()

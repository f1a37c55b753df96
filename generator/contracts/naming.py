"""Names inside one object: no two properties share an attribute, no two objects in it a class."""

from collections.abc import Iterator

from generator.contracts import types
from generator.contracts.identifiers import class_for, identifier
from generator.contracts.node import Node
from generator.words import shown

_RULE = "payload-name"
_ATTRIBUTE_HINT = "rename one of them: in Python they could not be told apart"
_CLASS_HINT = "rename one of them, or give one of the objects its name under `$defs`"


def check_object(node: Node, kind: types.Object) -> None:
    """Complain about properties that would get one name in Python."""
    attributes: dict[str, str] = {}
    classes: dict[str, str] = {}
    for field in kind.fields:
        attribute = identifier(field.name)
        other = attributes.setdefault(attribute, field.name)
        at = ("properties", field.name)
        if other != field.name:
            message = f"{shown(field.name)} and {shown(other)} both become `{attribute}`"
            node.complain_of_key(at, _RULE, message, _ATTRIBUTE_HINT)
            continue
        for hint, _ in classes_in(field.type, attribute):
            name = class_for(hint)
            owner = classes.setdefault(name, hint)
            if owner != hint:
                message = (
                    f"an object in {shown(field.name)} becomes `{name}`, as one beside it does"
                )
                node.complain_of_key(at, _RULE, message, _CLASS_HINT)


def check_definitions(node: Node) -> None:
    """Complain about definitions whose classes would share a name."""
    seen: dict[str, str] = {}
    for name in node.definitions:
        other = seen.setdefault(class_for(name), name)
        if other != name:
            message = f"{shown(name)} and {shown(other)} both become `{class_for(name)}`"
            node.complain_of_key(("$defs", name), _RULE, message, _ATTRIBUTE_HINT)
    owners = {class_name: (name, name) for class_name, name in seen.items()}
    for name, kind in node.definitions.items():
        for hint, _ in classes_in(kind, name):
            if hint == name:
                continue  # told above, where it is not the only one
            class_name = class_for(hint)
            if owners.setdefault(class_name, (name, hint)) != (name, hint):
                other = shown(owners[class_name][0])
                message = (
                    f"an object in {shown(name)} becomes `{class_name}`, as one of {other} does"
                )
                node.complain_of_key(("$defs", name), _RULE, message, _ATTRIBUTE_HINT)


def classes_in(kind: types.Type, hint: str) -> Iterator[tuple[str, types.Object]]:
    """Yield the objects of a type that need a class, each with what the class is named after.

    What a reference leads to has classes of its own, which are named after its definition.
    """
    match kind:
        case types.Array(items):
            yield from classes_in(items, item_of(hint))
        case types.Object(additional=values) if values is not None and is_map(kind):
            yield from classes_in(values, value_of(hint))
        case types.Object():
            yield hint, kind
        case types.Union(members, tag):
            for member in members:
                yield from classes_in(member, form_of(hint, member, tag) if tag else hint)


def is_map(kind: types.Type) -> bool:
    """Say whether a type is a map without a single named property, which needs no class."""
    return isinstance(kind, types.Object) and not kind.fields and kind.additional is not None


def item_of(hint: str) -> str:
    """Return what the class of a list's items is named after."""
    return f"{hint}Item"


def value_of(hint: str) -> str:
    """Return what the class of a map's values is named after."""
    return f"{hint}Value"


def form_of(hint: str, form: types.Type, tag: str) -> str:
    """Return what the class of one form of a `oneOf` is named after: its text in the tag."""
    target = types.followed(form)
    field = target.field(tag) if isinstance(target, types.Object) else None
    choice = types.followed(field.type) if field is not None else None
    text = str(choice.values[0]) if isinstance(choice, types.Choice) else ""
    return f"{hint}_{identifier(text)}" if choice is not None else hint


def forms_of(part: types.Type) -> tuple[types.Type, ...]:
    """Return the objects of a part; a reference to one object stays a reference."""
    target = types.followed(part)
    if isinstance(target, types.Union):
        return tuple(form for inner in target.members for form in forms_of(inner))
    return (part,)

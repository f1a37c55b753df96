"""Arguments of modules drawn at random: right ones, and ones with one mistake each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.interface.kinds import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from generator.interface.reading import Variable

Arguments = dict[str, str]
"""The HCL of each argument by its name."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = ("a", "b-c", "x y", "${not}", 'q"q', "ü")


@dataclass(frozen=True)
class Mistake:
    """Arguments with one mistake, and what must be said of it."""

    arguments: Arguments
    rule: str
    what: str


def right(random: Random, variables: Mapping[str, Variable]) -> Arguments:
    """Return every required argument, and some of the others."""
    return {
        name: value(random, kind_of(variable.type))
        for name, variable in variables.items()
        if variable.required or random.random() < 0.3
    }


def value(random: Random, kind: Kind) -> str:  # noqa: PLR0911 - one return a kind
    """Return the HCL of a value that fits."""
    match kind.name:
        case "string":
            return random.choice([_text(random), "7", "true", "var.unknown", "format(1)"])
        case "number":
            return random.choice(["7", "-2", "1.5", '"12"', "length([])"])
        case "bool":
            return random.choice(["true", "false", '"true"', "1 == 2"])
        case "list" | "set":
            return (
                f"[{', '.join(value(random, kind.inner[0]) for _ in range(random.randint(0, 3)))}]"
            )
        case "map":
            names = random.sample(["a", "b", "Cc", '"d e"'], random.randint(0, 3))
            return _braced({name: value(random, kind.inner[0]) for name in names})
        case "object":
            return _braced(_object(random, kind))
        case _:
            return "var.anything"


def mistakes(random: Random, variables: Mapping[str, Variable]) -> Mistake:
    """Return right arguments but for one mistake."""
    arguments = right(random, variables)
    required = [name for name, variable in variables.items() if variable.required]
    return random.choice([_misspelt, _missing, _mistyped, _inside])(
        random, arguments, required, variables
    )


def _misspelt(
    random: Random, arguments: Arguments, _: list[str], variables: Mapping[str, Variable]
) -> Mistake:
    name = random.choice(sorted(arguments))
    wrong = _slip(random, name, variables)
    changed = {(wrong if key == name else key): text for key, text in arguments.items()}
    return Mistake(changed, "module-unknown-argument", wrong)


def _missing(
    random: Random, arguments: Arguments, required: list[str], _: Mapping[str, Variable]
) -> Mistake:
    name = random.choice(required)
    changed = {key: text for key, text in arguments.items() if key != name}
    return Mistake(changed, "module-missing-argument", name)


def _mistyped(
    random: Random, arguments: Arguments, _: list[str], variables: Mapping[str, Variable]
) -> Mistake:
    name = random.choice(sorted(arguments))
    wrong = misfit(random, kind_of(variables[name].type))
    return Mistake({**arguments, name: wrong}, "module-wrong-type", name)


def _inside(
    random: Random, arguments: Arguments, required: list[str], variables: Mapping[str, Variable]
) -> Mistake:
    """Put the mistake into an object, however deep it lies."""
    kinds = {name: kind_of(variable.type) for name, variable in variables.items()}
    nested = [name for name, kind in kinds.items() if _holds_object(kind)]
    if not nested:
        return _missing(random, arguments, required, variables)
    name = random.choice(nested)
    text, rule, what = _broken(random, kinds[name])
    return Mistake({**arguments, name: text}, rule, what)


def _broken(random: Random, kind: Kind) -> tuple[str, str, str]:
    """Return HCL with one mistake in an object of a kind, the rule, and the attribute."""
    if kind.name in ("list", "set"):
        text, rule, what = _broken(random, kind.inner[0])
        return f"[{text}]", rule, what
    if kind.name == "map":
        text, rule, what = _broken(random, kind.inner[0])
        return _braced({"a": text}), rule, what
    entries = _object(random, kind)
    deeper = [name for name, inner in kind.attributes.items() if _holds_object(inner)]
    if deeper and random.random() < 0.5:
        name = random.choice(deeper)
        entries[name], rule, what = _broken(random, kind.attributes[name])
        return _braced(entries), rule, what
    needed = sorted(set(kind.attributes) - kind.optional)
    name = random.choice(sorted(kind.attributes))
    match random.choice(["misspelt", "mistyped", "missing" if needed else "mistyped"]):
        case "missing":
            name = random.choice(needed)
            entries.pop(name)
            return _braced(entries), "module-missing-argument", name
        case "misspelt":
            wrong = _slip(random, name, kind.attributes)
            entries[wrong] = entries.pop(name, '""')
            return _braced(entries), "module-unknown-argument", wrong
        case _:
            entries[name] = misfit(random, kind.attributes[name])
            return _braced(entries), "module-wrong-type", name


def misfit(random: Random, kind: Kind) -> str:
    """Return the HCL of a value that no conversion makes fit."""
    match kind.name:
        case "string":
            return random.choice(["[]", '["a"]', "{ a = 1 }"])
        case "number":
            return random.choice(['"many"', "true", "[1]", "{}", '"1 h"'])
        case "bool":
            return random.choice(['"yes"', "7", "[true]", "{}"])
        case "list" | "set":
            inner = kind.inner[0]
            whole = random.choice(["7", '"a"', "{ a = 1 }", "true"])
            return f"[{misfit(random, inner)}]" if random.random() < 0.5 else whole
        case "map":
            inner = kind.inner[0]
            whole = random.choice(["7", '"a"', "[]", "true"])
            return _braced({"a": misfit(random, inner)}) if random.random() < 0.5 else whole
        case _:
            return random.choice(["7", '"a"', "[]", "false"])


def _object(random: Random, kind: Kind) -> dict[str, str]:
    return {
        name: value(random, inner)
        for name, inner in kind.attributes.items()
        if name not in kind.optional or random.random() < 0.5
    }


def _holds_object(kind: Kind) -> bool:
    return kind.name == "object" or any(map(_holds_object, kind.inner))


def _slip(random: Random, name: str, known: Mapping[str, object]) -> str:
    """Return a misspelling of a name that is no other name."""
    while True:
        at = random.randrange(1, len(name))
        letter = random.choice(_LETTERS)
        wrong = random.choice(
            [name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter]
        )
        if wrong not in known and wrong not in ("source", "version", "count"):
            return wrong


def _braced(entries: Mapping[str, str]) -> str:
    inner = "".join(f"    {name} = {text}\n" for name, text in entries.items())
    return f"{{\n{inner}  }}" if inner else "{}"


def _text(random: Random) -> str:
    text = json.dumps(random.choice(_WORDS), ensure_ascii=False)
    return text.replace("${", "$${")

"""A module of Terraform with its variables given: each value is worked out when it is asked for."""

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clarivum_jobs.testing.terraform.expressions import Expression, Parser, Scope, Value, pairs
from clarivum_jobs.testing.terraform.functions import FUNCTIONS, TYPE_NAMES, TYPES, sequence

Provider = Callable[[str, "Lazy"], Mapping[str, Value]]
"""What AWS adds to a resource or a data source, given its kind and what the module says of it."""

_NO_ATTRIBUTES = ("lifecycle", "depends_on", "for_each", "count", "source", "provider")


@dataclass(slots=True)
class Block:
    """A block as it stands in a file: `kind "label" "label" { ... }`."""

    kind: str
    labels: tuple[str, ...] = ()
    attributes: dict[str, Expression] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)

    def of(self, kind: str) -> list["Block"]:
        """Return the blocks of a kind that it holds."""
        return [block for block in self.blocks if block.kind == kind]


class Lazy(Mapping[str, Value]):
    """A mapping whose values are worked out once each, when they are asked for."""

    def __init__(self, values: Mapping[str, Callable[[], Value]]) -> None:
        """Know how to work each value out."""
        self._ways = values
        self._found: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        """Return a value."""
        if name not in self._found:
            self._found[name] = self._ways[name]()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._ways)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._ways)


def parse(text: str) -> Block:
    """Read a file."""
    parser, file = Parser(text), Block("file")
    while parser.peek(over_lines=True).kind != "end":
        _read(parser, file)
    return file


def _read(parser: Parser, into: Block) -> None:
    name = parser.take(over_lines=True).text
    if parser.at_sign("="):
        parser.take("=")
        into.attributes[name] = parser.expression()
        return
    labels = []
    while not parser.at_sign("{"):
        token = parser.take()
        labels.append("".join(token.parts) or token.text)
    parser.take("{")
    block = Block(name, tuple(labels))
    while not parser.at_sign("}", over_lines=True):
        _read(parser, block)
    parser.take("}")
    into.blocks.append(block)


@functools.cache
def files(directory: Path) -> Block:
    """Read all files of a module into one; they are read once a process."""
    whole = Block("file")
    for path in sorted(directory.glob("*.tf")):
        whole.blocks += parse(path.read_text(encoding="utf-8")).blocks
    return whole


class Module:
    """A module with its variables given.

    Attributes:
        outputs: What it says of itself.
        modules: The modules it calls, by name; a list where it counts them.
        resources: What it makes, by kind and name; a mapping or a list where there are several.
    """

    def __init__(self, directory: Path, variables: Mapping[str, Value], provider: Provider) -> None:
        """Read the module; nothing is worked out yet."""
        self._directory, self._given, self._provider = directory, variables, provider
        file = files(directory)
        self.modules = Lazy({b.labels[0]: self._once(self._call, b) for b in file.of("module")})
        self.resources = self._kinds(file.of("resource"))
        names: dict[str, Value] = {
            "var": Lazy({b.labels[0]: self._once(self._variable, b) for b in file.of("variable")}),
            "local": Lazy(
                {
                    name: self._once(self._evaluate, expression)
                    for block in file.of("locals")
                    for name, expression in block.attributes.items()
                }
            ),
            "module": self.modules,
            "data": self._kinds(file.of("data")),
            **{kind: self.resources[kind] for kind in self.resources},
        }
        self._scope = Scope(names, FUNCTIONS)
        self.outputs = Lazy(
            {
                b.labels[0]: self._once(self._evaluate, b.attributes["value"])
                for b in file.of("output")
            }
        )

    def _once(self, way: Callable[[Any], Value], what: Any) -> Callable[[], Value]:  # noqa: ANN401
        return lambda: way(what)

    def _evaluate(self, expression: Expression) -> Value:
        return expression(self._scope)

    def _variable(self, block: Block) -> Value:
        (name,) = block.labels
        value = self._given.get(name)
        types = Scope(TYPE_NAMES, TYPES)
        convert = block.attributes["type"](types)
        if value is None and "default" in block.attributes:
            value = self._evaluate(block.attributes["default"])
        return convert(value)

    def _call(self, block: Block) -> Value:
        def made(scope: Scope) -> Value:
            source = block.attributes["source"](scope)
            given = {
                name: expression(scope)
                for name, expression in block.attributes.items()
                if name not in _NO_ATTRIBUTES
            }
            directory = (self._directory / source).resolve()
            return _Called(Module(directory, given, self._provider))

        return self._several(block, made)

    def _kinds(self, blocks: list[Block]) -> Lazy:
        kinds = sorted({block.labels[0] for block in blocks})
        return Lazy({kind: self._once(self._kind, (kind, blocks)) for kind in kinds})

    def _kind(self, what: tuple[str, list[Block]]) -> Lazy:
        kind, blocks = what
        return Lazy(
            {b.labels[1]: self._once(self._resource, b) for b in blocks if b.labels[0] == kind}
        )

    def _resource(self, block: Block) -> Value:
        def made(scope: Scope) -> Mapping[str, Value]:
            said = _body(block, scope)
            known = functools.cache(lambda: self._provider(block.labels[0], said))
            return _Resource(said, known)

        return self._several(block, made)

    def _several(self, block: Block, made: Callable[[Scope], Value]) -> Value:
        if "for_each" in block.attributes:
            each = self._evaluate(block.attributes["for_each"])
            values = each if isinstance(each, Mapping) else {key: key for key in each}
            return {
                key: made(self._scope.within(each={"key": key, "value": values[key]}))
                for key in sequence(values)
            }
        if "count" in block.attributes:
            count = self._evaluate(block.attributes["count"])
            return [made(self._scope.within(count={"index": i})) for i in sequence(count)]
        return made(self._scope)


class _Called(Mapping[str, Value]):
    """A module as its caller sees it: its outputs; `module` is for whoever looks inside."""

    def __init__(self, module: Module) -> None:
        self.module = module

    def __getitem__(self, name: str) -> Value:
        return self.module.outputs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.module.outputs)

    def __len__(self) -> int:
        return len(self.module.outputs)


class _Resource(Mapping[str, Value]):
    """What a module says of a resource, and behind it what AWS adds."""

    def __init__(self, said: Lazy, known: Callable[[], Mapping[str, Value]]) -> None:
        self._said, self._known = said, known

    def __getitem__(self, name: str) -> Value:
        return self._said[name] if name in self._said else self._known()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)


def _body(block: Block, scope: Scope) -> Lazy:
    ways: dict[str, Callable[[], Value]] = {}
    for name, expression in block.attributes.items():
        if name not in _NO_ATTRIBUTES:
            ways[name] = functools.partial(expression, scope)
    for kind in dict.fromkeys(_kind_of(inner) for inner in block.blocks):
        if kind not in _NO_ATTRIBUTES:
            blocks = [inner for inner in block.blocks if _kind_of(inner) == kind]
            ways[kind] = functools.partial(_inner, blocks, scope)
    return Lazy(ways)


def _kind_of(block: Block) -> str:
    """Return what a block is; `dynamic "setting"` stands for any number of `setting`."""
    return block.labels[0] if block.kind == "dynamic" else block.kind


def _inner(blocks: list[Block], scope: Scope) -> list[Lazy]:
    return [made for block in blocks for made in _made(block, scope)]


def _made(block: Block, scope: Scope) -> list[Lazy]:
    if block.kind != "dynamic":
        return [_body(block, scope)]
    (name,), (content,) = block.labels, block.of("content")
    each = pairs(block.attributes["for_each"](scope))
    return [
        _body(content, scope.within(**{name: {"key": key, "value": value}})) for key, value in each
    ]

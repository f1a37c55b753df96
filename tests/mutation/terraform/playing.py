"""The modules' own `terraform test` files, played without Terraform: in milliseconds.

The reader of the simulator works out what a module says; here stands what Terraform adds: schemas,
validations, preconditions, mocks and assertions. What the reader does not know is an error of its
own, `HclError`, and no verdict.
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.terraform.expressions import Scope, Value
from clarivum_jobs.testing.terraform.modules import Block, Module, files, parse
from clarivum_jobs.testing.terraform.tokens import HclError
from tests.mutation.terraform.filled import Filled, SchemaError
from tests.mutation.terraform.more_functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.mutation.terraform.schema import Schema


class CheckError(Exception):
    """Something that Terraform refuses: a validation, a precondition or an assertion."""


@dataclass(frozen=True)
class _Name:
    """A reference that is meant itself, and not its value."""

    text: str

    def __getitem__(self, name: str) -> _Name:
        return _Name(f"{self.text}.{name}")


@dataclass
class _Stage:
    """What one run plays on."""

    schema: Schema
    mocks: Mapping[str, Mapping[str, Any]]
    overrides: Mapping[str, Mapping[str, Any]]
    failures: set[str] = field(default_factory=set)


class _Playing(Module):
    """A module whose resources are filled as the provider would fill them."""

    def __init__(self, directory: Path, given: Mapping[str, Any], stage: _Stage, at: str) -> None:
        self._stage, self._at, self._path = stage, at, directory
        super().__init__(directory, given, lambda kind, _said: stage.mocks.get(kind, {}))
        self._scope = Scope({**self._scope.names, "path": {"module": "."}}, FUNCTIONS)
        self._given_names = given.keys()

    def play(self) -> None:
        """Work out everything, and note down what is refused."""
        blocks = files(self._path)
        for block in blocks.of("variable"):
            self._validate(block)
        if self._stage.failures:
            return
        for block in blocks.of("module"):
            called = self.modules[block.labels[0]]
            for one in _instances(called):
                one.module.play()
        for block in blocks.of("resource"):
            kind, name = block.labels
            for one in _instances(self.resources[kind][name]):
                one.all()
        for block in blocks.of("output"):
            _ = self.outputs[block.labels[0]]
            self._require(block, self._scope, f"{self._at}output.{block.labels[0]}")

    def _require(self, block: Block, scope: Scope, address: str) -> None:
        for rule in block.of("precondition"):
            if not rule.attributes["condition"](scope):
                self._stage.failures.add(address)

    def _validate(self, block: Block) -> None:
        (name,) = block.labels
        if name not in self._given_names and "default" not in block.attributes:
            self._stage.failures.add(f"{self._at}var.{name}")
            return
        for rule in block.of("validation"):
            if not rule.attributes["condition"](self._scope):
                self._stage.failures.add(f"{self._at}var.{name}")

    def _call(self, block: Block) -> Value:
        name = block.labels[0]

        def made(scope: Scope) -> Value:
            source = block.attributes["source"](scope)
            given = {
                key: expression(scope)
                for key, expression in block.attributes.items()
                if key not in ("source", "count", "for_each", "depends_on")
            }
            directory = (self._path / source).resolve()
            known = {variable.labels[0] for variable in files(directory).of("variable")}
            if given.keys() - known:
                raise SchemaError(name, "knows no", given.keys() - known)
            return _Called(_Playing(directory, given, self._stage, f"{self._at}module.{name}."))

        return self._several(block, made)

    def _resource(self, block: Block) -> Value:
        kind, name = block.labels
        if block.kind == "data" or kind not in self._stage.schema.resources:
            told = self._stage.overrides.get(f"{self._at}data.{kind}.{name}")
            read = super()._resource(block)
            return ChainMap(dict(told), read) if told else read
        address = f"{self._at}{kind}.{name}"
        values = {**self._stage.mocks.get(kind, {}), **self._stage.overrides.get(address, {})}

        def made(scope: Scope) -> Value:
            for lifecycle in block.of("lifecycle"):
                self._require(lifecycle, scope, address)
            return Filled(address, self._stage.schema.block(kind), block, scope, values)

        return self._several(block, made)


class _Called(dict[str, Any]):
    """A module as its caller sees it."""

    def __init__(self, module: _Playing) -> None:
        super().__init__()
        self.module = module

    def __getitem__(self, name: str) -> Value:
        return self.module.outputs[name]

    def keys(self) -> Value:
        return self.module.outputs.keys()


def _instances(value: Value) -> Iterator[Any]:
    if isinstance(value, list):
        yield from value
    elif type(value) is dict:
        yield from value.values()
    else:
        yield value


def mocks(path: Path) -> dict[str, dict[str, Any]]:
    """Return what stands in for AWS, by type of resource or data."""
    scope = Scope({})
    return {
        block.labels[0]: block.attributes["defaults"](scope)
        for block in parse(path.read_text(encoding="utf-8")).blocks
    }


def failing(module: Path, schema: Schema, known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the first run of a module's tests that fails, and why; "" where all pass.

    Raises:
        HclError: Something in module or tests is not known here.
    """
    for file in sorted(module.glob("tests/*.tftest.hcl")):
        whole = parse(file.read_text(encoding="utf-8"))
        shared = _variables(whole.of("variables"), {})
        for run in whole.of("run"):
            reason = _run(module, run, shared, schema, known)
            if reason:
                return f"{run.labels[0]}: {reason}"
    return ""


def _variables(blocks: Sequence[Block], shared: Mapping[str, Any]) -> dict[str, Any]:
    scope = Scope({"var": shared}, FUNCTIONS)
    return {name: value(scope) for block in blocks for name, value in block.attributes.items()}


def _run(
    module: Path,
    run: Block,
    shared: Mapping[str, Any],
    schema: Schema,
    known: Mapping[str, Mapping[str, Any]],
) -> str:
    names = Scope(
        {kind: _Name(kind) for kind in (*schema.resources, "data", "var", "module", "output")}
    )
    overrides = {
        block.attributes["target"](names).text: block.attributes["values"](Scope({}))
        for block in (*run.of("override_resource"), *run.of("override_data"))
    }
    expected = run.attributes.get("expect_failures")
    wanted = {name.text for name in expected(names)} if expected else set()
    stage = _Stage(schema, known, overrides)
    try:
        played = _Playing(module, {**shared, **_variables(run.of("variables"), shared)}, stage, "")
        played.play()
        if stage.failures != wanted:
            return f"{sorted(stage.failures)} is refused, and not {sorted(wanted)}"
        return "" if wanted else _asserted(played, run)
    except HclError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is an error in Terraform too
        return f"{type(error).__name__}: {error}"


def _asserted(played: _Playing, run: Block) -> str:
    scope = Scope({**played._scope.names, "output": played.outputs}, FUNCTIONS)  # noqa: SLF001
    for number, block in enumerate(run.of("assert")):
        condition: Callable[[Scope], Any] = block.attributes["condition"]
        if condition(scope) is not True:
            return f"assertion {number}"
    return ""

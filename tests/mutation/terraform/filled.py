"""A resource as the provider would fill it: types converted, defaults and mocked values beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.terraform.expressions import Scope, Value, pairs, text_of
from clarivum_jobs.testing.terraform.tokens import HclError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clarivum_jobs.testing.terraform.modules import Block

_TERRAFORMS = frozenset({"for_each", "count", "depends_on", "provider", "lifecycle"})


class SchemaError(Exception):
    """The provider refuses a resource: something is missing, or is not known."""

    def __init__(self, where: object, why: str, what: object) -> None:
        """Say where, why and what."""
        super().__init__(f"{where} {why} {what}")


class Filled(Mapping[str, Any]):
    """A resource, or a block in one; each value is worked out once, when it is asked for."""

    def __init__(
        self,
        address: str,
        schema: Mapping[str, Any],
        block: Block,
        scope: Scope,
        known: Mapping[str, Any],
    ) -> None:
        """Compare what is said with the schema; no value is worked out yet."""
        self._address, self._scope, self._known = address, scope, known
        self._attributes = schema.get("attributes", {})
        self._blocks = schema.get("block_types", {})
        self._said = {n: e for n, e in block.attributes.items() if n not in _TERRAFORMS}
        self._inner: dict[str, list[Filled]] = {name: [] for name in self._blocks}
        self._found: dict[str, Any] = {}
        strange = self._said.keys() - self._attributes.keys()
        if strange:
            raise SchemaError(address, "knows no", sorted(strange))
        for inner in block.blocks:
            self._add(inner)

    def _add(self, inner: Block) -> None:
        kind = inner.labels[0] if inner.kind == "dynamic" else inner.kind
        if kind in _TERRAFORMS:
            return
        if kind not in self._blocks:
            raise SchemaError(self._address, "knows no block", kind)
        body, scopes = inner, [self._scope]
        if inner.kind == "dynamic":
            (body,) = inner.of("content")
            each = pairs(inner.attributes["for_each"](self._scope))
            scopes = [self._scope.within(**{kind: {"key": k, "value": v}}) for k, v in each]
        schema = self._blocks[kind]["block"]
        address = f"{self._address}.{kind}"
        self._inner[kind] += [Filled(address, schema, body, scope, {}) for scope in scopes]

    def all(self) -> None:
        """Work out everything.

        Raises:
            SchemaError: Something that must be there is not.
        """
        for name, attribute in self._attributes.items():
            if self[name] is None and attribute.get("required"):
                raise SchemaError(self._address, "lacks", name)
        for name, schema in self._blocks.items():
            if len(self._inner[name]) < schema.get("min_items", 0):
                raise SchemaError(self._address, "lacks a block", name)
            if len(self._inner[name]) > (schema.get("max_items") or 1000):
                raise SchemaError(self._address, "has too many blocks", name)
            for one in self._inner[name]:
                one.all()

    def __getitem__(self, name: str) -> Value:
        """Return a value."""
        if name in self._inner:
            return self._inner[name]
        if name not in self._attributes:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._value(name)
        return self._found[name]

    def _value(self, name: str) -> Value:
        attribute = self._attributes[name]
        value = self._said[name](self._scope) if name in self._said else None
        if value is not None:
            return convert(attribute["type"], value)
        if name in self._known:
            return self._known[name]
        if attribute.get("computed"):
            return _mocked(attribute["type"], name)
        return None

    def __iter__(self) -> Iterator[str]:
        """Go through all names."""
        return iter((*self._attributes, *self._blocks))

    def __len__(self) -> int:
        """Count them."""
        return len(self._attributes) + len(self._blocks)


def _mocked(kind: Value, name: str) -> Value:
    if isinstance(kind, list):
        return {} if kind[0] == "map" else []
    return {"string": f"mocked-{name}", "number": 0, "bool": False}[kind]


def convert(kind: Value, value: Value) -> Value:
    """Return a value in the type of its attribute.

    Raises:
        SchemaError: It has no form of that type.
    """
    if value is None:
        return None
    if isinstance(kind, list):
        if kind[0] in ("list", "set"):
            if not isinstance(value, list | tuple | set):
                raise SchemaError(value, "is no", kind[0])
            found = [convert(kind[1], one) for one in value]
            return sorted(set(found)) if kind[0] == "set" and kind[1] == "string" else found
        if kind[0] == "map":
            return {key: convert(kind[1], one) for key, one in pairs(value)}
        message = f"the type {kind} is not known here"
        raise HclError(message)
    if isinstance(value, Mapping | list):
        raise SchemaError(value, "is no", kind)
    if kind == "number":
        return float(value) if isinstance(value, str) else value
    if kind == "bool":
        return value if isinstance(value, bool) else value == "true"
    return text_of(value)

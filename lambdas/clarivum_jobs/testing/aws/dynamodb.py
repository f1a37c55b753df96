"""A DynamoDB that honours conditions, and is as late with expired items as the real one."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.aws.expressions import (
    ExpressionError,
    Scope,
    check_placeholders,
    condition,
)
from clarivum_jobs.testing.aws.sizes import LARGEST_ITEM, size
from clarivum_jobs.testing.aws.updates import update
from clarivum_jobs.testing.machine.faults import Dice
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Answer, Caller, Params, RefusedError
from clarivum_jobs.testing.machine.trace import Trace

KEY, EXPIRY, CLAIM = "id", "expiration", "in_progress_expiration"
_LATEST_SWEEP = 48 * 3600
_WRITES = ("PutItem", "UpdateItem", "DeleteItem")


@dataclass(frozen=True, slots=True)
class Index:
    """A global secondary index.

    Attributes:
        partition: Attribute that a query names.
        order: Attribute that what it finds is sorted by; the table's key if there is none.
        projected: Attributes it holds besides its own keys and the table's.
    """

    partition: str
    order: str = ""
    projected: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Attributes without which an item is not in the index."""
        return (self.partition, self.order) if self.order else (self.partition,)

    def shows(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """What a query of the index gives of an item."""
        held = {KEY, *self.keys, *self.projected}
        return {name: value for name, value in item.items() if name in held}


@dataclass(slots=True)
class Dynamodb:
    """One table with a partition key `id`, a time to live and indices.

    Attributes:
        items: What it holds, by key.
        indices: Its indices by their names.
        claims: Each run that claimed a record, and when its claim ends.
        running: Tells which run is calling.
    """

    loop: Loop
    dice: Dice
    trace: Trace
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    indices: Mapping[str, Index] = field(default_factory=dict)
    claims: list[tuple[Any, int]] = field(default_factory=list)
    running: Callable[[], object] = lambda: None
    _sweeps: dict[str, tuple[int, int]] = field(default_factory=dict)

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out one operation."""
        handler = {
            "GetItem": self._get,
            "PutItem": self._put,
            "UpdateItem": self._update,
            "DeleteItem": self._delete,
            "Query": self._query,
        }.get(operation)
        if handler is None:
            raise RefusedError(
                code="UnknownOperationException", why=f"The simulation has no {operation}."
            )
        try:
            if operation == "Query":
                return copy.deepcopy(handler(params, caller))
            self._sweep(_key(params))
            check_placeholders(params)
            # What goes in and out is copied: nobody shares memory with a table.
            answer = copy.deepcopy(handler(copy.deepcopy(dict(params)), caller))
        except ExpressionError as error:
            raise RefusedError(code="ValidationException", why=str(error)) from error
        if operation in _WRITES:
            who, state = caller.name, self.items.get(_key(params), {}).get("status", {}).get("S")
            self.trace.add(self.loop.now, who, operation, id=_key(params), status=state)
        return answer

    def _get(self, params: Params, _caller: Caller) -> Answer:
        item = self.items.get(_key(params))
        return {"Item": dict(item)} if item else {}

    def _put(self, params: Params, _caller: Caller) -> Answer:
        self._check(params)
        item = dict(params["Item"])
        _check_size(item)
        old = self.items.get(_key(params))
        self.items[_key(params)] = item
        self._note_claim(old or {}, item)
        return {"Attributes": old} if old and params.get("ReturnValues") == "ALL_OLD" else {}

    def _update(self, params: Params, _caller: Caller) -> Answer:
        self._check(params)
        old = self.items.get(_key(params), {})
        item = {**old, **params["Key"]}
        update(params["UpdateExpression"])(_scope(old, params), item)
        _check_size(item)
        self.items[_key(params)] = item
        self._note_claim(old, item)
        wanted = {"ALL_OLD": old, "ALL_NEW": item}.get(params.get("ReturnValues", "NONE"))
        return {"Attributes": dict(wanted)} if wanted else {}

    def _delete(self, params: Params, _caller: Caller) -> Answer:
        self._check(params)
        old = self.items.pop(_key(params), None)
        return {"Attributes": old} if old and params.get("ReturnValues") == "ALL_OLD" else {}

    def _query(self, params: Params, _caller: Caller) -> Answer:
        index = self._index(params)
        found = sorted(self._matching(params), key=lambda item: str(item.get(index.order or KEY)))
        if params.get("ScanIndexForward") is False:
            found.reverse()
        shown = [index.shows(item) for item in found] if "IndexName" in params else found
        return {"Items": shown[: params.get("Limit")], "Count": len(found)}

    def _index(self, params: Params) -> Index:
        name = params.get("IndexName", "")
        if name and name not in self.indices:
            raise RefusedError(code="ValidationException", why=f"The table has no index {name}.")
        return self.indices.get(name, Index(KEY))

    def _matching(self, params: Params) -> Iterator[dict[str, Any]]:
        needed = self._index(params).keys
        wanted = condition(params["KeyConditionExpression"])
        kept = condition(params.get("FilterExpression") or f"attribute_exists({KEY})")
        for key in list(self.items):
            self._sweep(key)
            item = self.items.get(key)
            # An index holds only the items that have its attributes.
            if item and all(name in item for name in needed):
                scope = _scope(item, params)
                if wanted(scope) and kept(scope):
                    yield dict(item)

    def _check(self, params: Params) -> None:
        text, item = params.get("ConditionExpression"), self.items.get(_key(params), {})
        if text and not condition(text)(_scope(item, params)):
            returned = params.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and item
            extra: dict[str, Any] = {"Item": dict(item)} if returned else {}
            raise RefusedError(
                code="ConditionalCheckFailedException", why="The condition failed.", **extra
            )

    def _note_claim(self, old: Mapping[str, Any], item: Mapping[str, Any]) -> None:
        """Remember until when the run that calls holds an item, if this write says so."""
        end = int(item.get(CLAIM, {}).get("N", 0))
        if end > self.loop.now and item[CLAIM] != old.get(CLAIM) and self.running():
            self.claims.append((self.running(), end))

    def _sweep(self, key: str) -> None:
        """Let an expired item go some time within the two days that AWS may take."""
        item = self.items.get(key, {})
        expiry = int(item[EXPIRY]["N"]) if EXPIRY in item else None
        if expiry is None or expiry * 1000 > self.loop.now:
            return
        if self._sweeps.get(key, (-1, 0))[0] != expiry:
            self._sweeps[key] = (expiry, expiry + self.dice.between(0, _LATEST_SWEEP))
        if self._sweeps[key][1] * 1000 <= self.loop.now:
            del self.items[key]
            self.trace.add(self.loop.now, "table", "swept", id=key)


def _check_size(item: Mapping[str, Any]) -> None:
    if size(item) > LARGEST_ITEM:
        raise RefusedError(code="ValidationException", why="Item size has exceeded the maximum.")


def _key(params: Params) -> str:
    return str((params.get("Key") or params["Item"])[KEY]["S"])


def _scope(item: Mapping[str, Any], params: Params) -> Scope:
    names = params.get("ExpressionAttributeNames") or {}
    return Scope(item, names, params.get("ExpressionAttributeValues") or {})

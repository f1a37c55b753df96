"""Where every AWS call of the code under test arrives: the time it takes, its faults, its kills."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import botocore.client

from clarivum_jobs.testing.faults import Dice, Faults, Moment
from clarivum_jobs.testing.loop import Killed, Loop
from clarivum_jobs.testing.trace import Trace

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

Answer = dict[str, Any]
Params = Mapping[str, Any]

_OUTAGE = {
    "sqs": "ServiceUnavailable",
    "dynamodb": "InternalServerError",
    "scheduler": "InternalServerException",
}


class RefusedError(Exception):
    """A simulated service says no; the caller gets the exception its real client would raise."""

    def __init__(self, *, code: str, why: str, **extra: object) -> None:
        """Refuse with an error code of the service and what else its answer holds."""
        super().__init__(why)
        self.code = code
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a call.

    Attributes:
        name: The job whose function calls, or `producer`.
        prefix: What keys of the record table it may touch begin with; all when empty.
        targets: Jobs that a worker's role may enqueue, now or later.
    """

    name: str
    prefix: str = ""
    targets: tuple[str, ...] = ()


class Invocation(Protocol):
    """What the router needs to know of the invocation a call is made in."""

    caller: Caller
    number: int
    calls: int

    def note(self, call: str) -> None:
        """Remember a call that took effect."""


class Service(Protocol):
    """A simulated AWS service."""

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out one operation, or raise `RefusedError`."""


class Router:
    """Finds the service, charges the time and plays the faults."""

    def __init__(self, loop: Loop, dice: Dice, faults: Faults, trace: Trace) -> None:
        """Begin with no services."""
        self.loop, self.dice, self.faults, self.trace = loop, dice, faults, trace
        self.services: dict[str, Service] = {}
        self.other: Service | None = None
        self.current: Invocation | None = None

    def call(
        self,
        client: botocore.client.BaseClient,
        operation: str,
        params: Params,
    ) -> Answer:
        """Stand in for the transport of a boto3 client."""
        service = client.meta.service_model.service_name
        try:
            return self.carry(service, operation, params)
        except RefusedError as refused:
            error = {"Code": refused.code, "Message": str(refused)}
            response = {"Error": error, "ResponseMetadata": _metadata(400), **refused.extra}
            kind: type[ClientError] = client.exceptions.from_code(refused.code)  # type: ignore[assignment]
            raise kind(response, operation) from None  # type: ignore[arg-type]

    def carry(self, service: str, operation: str, params: Params) -> Answer:
        """Make one call to the world; whatever can be seen from outside goes through here."""
        target = self.services.get(service, self.other)
        if target is None:
            raise RefusedError(
                code="UnknownService", why=f"The simulation has no service {service!r}."
            )
        invocation = self.current
        if invocation is None:
            return target.call(operation, params, Caller("producer"))
        invocation.calls += 1
        here = (invocation.number, invocation.calls)
        low, high = self.faults.latency
        self.loop.sleep(self.dice.between(low, high))
        self._maybe_kill(here, "before")
        failing = service in _OUTAGE and self.dice.happens(self.faults.error)
        if failing and self.dice.happens(0.5):
            self._fail(invocation, service, operation, "before")
        answer = target.call(operation, params, invocation.caller)
        invocation.note(f"{service}.{operation}")
        self._maybe_kill(here, "after")
        if failing:
            self._fail(invocation, service, operation, "after")
        return {"ResponseMetadata": _metadata(200), **answer}

    def _fail(self, invocation: Invocation, service: str, operation: str, moment: Moment) -> None:
        self.trace.add(
            self.loop.now, invocation.caller.name, "outage", call=operation, moment=moment
        )
        raise RefusedError(code=_OUTAGE[service], why="The service is briefly out of order.")

    def _maybe_kill(self, here: tuple[int, int], moment: Moment) -> None:
        process = self.loop.current
        if process is None:
            return
        exact = any((kill.invocation, kill.call) == here for kill in self.faults.kills)
        if exact:
            exact = any(
                (kill.invocation, kill.call, kill.moment) == (*here, moment)
                for kill in self.faults.kills
            )
        if exact or self.dice.happens(self.faults.kill / 2):
            self.trace.add(self.loop.now, process.name, "killed", call=here[1], moment=moment)
            process.kill()
            raise Killed


def _metadata(status: int) -> Answer:
    return {"HTTPStatusCode": status, "RetryAttempts": 0, "HTTPHeaders": {}}

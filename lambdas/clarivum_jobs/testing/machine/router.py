"""Where every call of the code under test arrives: the time it takes, its faults, its kills."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from clarivum_jobs.testing.machine.faults import Dice, Faults, Moment
from clarivum_jobs.testing.machine.loop import Killed, Loop
from clarivum_jobs.testing.machine.trace import Trace

Answer = dict[str, Any]
Params = Mapping[str, Any]

_BROKEN = {
    "sqs": "ServiceUnavailable",
    "dynamodb": "InternalServerError",
    "scheduler": "InternalServerException",
    "secretsmanager": "InternalServiceError",
    "s3": "InternalError",
    "sesv2": "InternalServiceErrorException",
}
"""What each service says when it is out of order."""


class RefusedError(Exception):
    """A simulated service says no; the caller gets the exception its real client would raise.

    Attributes:
        code: Error code of the service.
        status: HTTP status; from 500 on the client tries again.
        extra: What else the answer holds.
    """

    def __init__(self, *, code: str, why: str, status: int = 400, **extra: object) -> None:
        """Refuse with an error code of the service and what else its answer holds."""
        super().__init__(why)
        self.code, self.status, self.extra = code, status, extra


class SilentError(Exception):
    """A simulated service does not answer at all."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a call.

    Attributes:
        name: The job whose function calls, or `producer`.
        role: ARN of the role it has; none for what is no function.
        trace_header: X-Ray's header of the request.
    """

    name: str
    role: str = ""
    trace_header: str = ""


@dataclass(slots=True)
class Call:
    """One call of a client, which may try more than once.

    Attributes:
        trace_header: X-Ray's header of the request.
        tries: How often the request was sent.
        fails: Whether every try fails, and on which side of the first one's effect.
    """

    service: str
    operation: str
    params: Params
    trace_header: str = ""
    tries: int = 0
    fails: Moment | None = None


class Invocation(Protocol):
    """What the router needs to know of the invocation a call is made in."""

    caller: Caller
    number: int
    sandbox: int
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
        self.calls: dict[str, int] = {}
        self.other: Service | None = None
        self.permit: Callable[[Caller, Call], None] = lambda _caller, _call: None
        self.current: Invocation | None = None

    @property
    def sandbox(self) -> int:
        """Which sandbox has the turn; 0 where no function has it."""
        return 0 if self.current is None else self.current.sandbox

    def attempt(self, call: Call) -> Answer:
        """Send a request once.

        Raises:
            RefusedError: The service says no.
            SilentError: The service says nothing.
            Killed: The sandbox ends at this call.
        """
        call.tries += 1
        invocation = self.current
        if invocation is None:
            self._play_outage(call)
            return self._target(call).call(call.operation, call.params, Caller("producer"))
        invocation.calls += 1
        here = (invocation.number, invocation.calls)
        low, high = self.faults.latency
        self.loop.sleep(self.dice.between(low, high))
        self._maybe_kill(here, "before")
        self._play_outage(call)
        slips = self._draw_failure(call)
        if call.tries == 1:
            exact = self._exact(call)
            if exact == "before":
                self._fail(invocation, call, "before")
            slips = slips or exact == "after"
        if call.fails == "before" or (call.fails and call.tries > 1):
            self._fail(invocation, call, "before")
        caller = dataclasses.replace(invocation.caller, trace_header=call.trace_header)
        self.permit(caller, call)
        answer = self._target(call).call(call.operation, call.params, caller)
        invocation.note(f"{call.service}.{call.operation}")
        self._maybe_kill(here, "after")
        if call.fails or slips:
            self._fail(invocation, call, "after")
        return answer

    def carry(self, service: str, operation: str, params: Params) -> Answer:
        """Make a call that no client of AWS makes, once."""
        return self.attempt(Call(service, operation, params))

    def away(self, service: str, operation: str) -> bool:
        """Whether a service does not carry out an operation at this moment."""
        return any(
            outage.covers(service, operation, self.loop.now) for outage in self.faults.outages
        )

    def _target(self, call: Call) -> Service:
        target = self.services.get(call.service, self.other)
        if target is None:
            raise RefusedError(
                code="UnknownService", why=f"The simulation has no service {call.service!r}."
            )
        return target

    def _play_outage(self, call: Call) -> None:
        for outage in self.faults.outages:
            if not outage.covers(call.service, call.operation, self.loop.now):
                continue
            if outage.share < 1 and not self.dice.happens(outage.share):
                continue
            self.trace.add(self.loop.now, call.service, "away", call=call.operation)
            if outage.silent:
                raise SilentError
            if outage.code:
                raise RefusedError(code=outage.code, why="Refused.", status=outage.status)
            raise self._broken(call)

    def _exact(self, call: Call) -> Moment | None:
        """Find the exact failure of a call at its first try; a whole one fails each of them."""
        number = self.calls[call.service] = self.calls.get(call.service, 0) + 1
        for failure in self.faults.failures:
            if (failure.service, failure.call) == (call.service, number):
                if failure.whole:
                    call.fails = failure.moment
                return failure.moment
        return None

    def _draw_failure(self, call: Call) -> bool:
        """Decide at its first try whether a call fails for good; tell whether this try does."""
        if call.service not in _BROKEN:
            return False
        if call.tries == 1 and self.dice.happens(self.faults.error):
            call.fails = "before" if self.dice.happens(0.5) else "after"
        return self.dice.happens(self.faults.slip)

    def _fail(self, invocation: Invocation, call: Call, moment: Moment) -> None:
        name = invocation.caller.name
        self.trace.add(self.loop.now, name, "outage", call=call.operation, moment=moment)
        raise self._broken(call)

    def _broken(self, call: Call) -> RefusedError:
        code = _BROKEN.get(call.service, "InternalError")
        return RefusedError(code=code, why="The service is briefly out of order.", status=500)

    def _maybe_kill(self, here: tuple[int, int], moment: Moment) -> None:
        process = self.loop.current
        if process is None:
            return
        exact = any(
            (kill.invocation, kill.call, kill.moment) == (*here, moment)
            for kill in self.faults.kills
        )
        if exact or self.dice.happens(self.faults.kill / 2):
            self.trace.add(self.loop.now, process.name, "killed", call=here[1], moment=moment)
            process.kill()
            raise Killed

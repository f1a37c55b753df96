"""A Lambda function: sandboxes that are reused, a deadline, and ends without unwinding."""

import contextlib
import copy
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from clarivum_jobs.testing.machine import lineage
from clarivum_jobs.testing.machine.loop import Loop, Process
from clarivum_jobs.testing.machine.router import Caller
from clarivum_jobs.testing.machine.trace import Trace

EntryPoint = Callable[[Any, Any], Any]
State = Literal["running", "ok", "error", "timeout", "killed"]

_LONGEST_START = 10_000
"""Milliseconds that Lambda gives a sandbox to import its code."""


@dataclass(slots=True)
class Run:
    """One invocation, from its start to what became of it; times are milliseconds of the loop.

    Attributes:
        caller: Which job's role it runs under.
        number: Which invocation of the simulation it is, counted from 1.
        sandbox: Which sandbox it runs in, by the number of the first run there.
        calls: How many calls it has made to the world.
        response: What the entry point returned, when it did.
        trace_header: X-Ray's header, which the code finds in its environment.
        done: The calls that took effect, in order.
    """

    caller: Caller
    number: int
    started: int
    deadline: int
    event: Any
    sandbox: int = 0
    calls: int = 0
    ended: int = 0
    state: State = "running"
    response: Any = None
    problem: str = ""
    trace_header: str = ""
    done: list[str] = field(default_factory=list)

    def note(self, call: str) -> None:
        """Remember a call that took effect."""
        self.done.append(call)


class Context:
    """What Lambda passes beside the event."""

    def __init__(self, loop: Loop, run: Run, function: "Function") -> None:
        """Describe one invocation."""
        name = function.full_name or function.name
        self._loop, self._run = loop, run
        self.function_name = name
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = function.memory
        self.invoked_function_arn = function.arn
        self.aws_request_id = f"00000000-0000-4000-8000-{run.number:012d}"
        self.log_group_name = f"/aws/lambda/{name}"
        self.log_stream_name = "simulated"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the deadline."""
        return max(self._run.deadline - self._loop.now, 0)


@dataclass(slots=True)
class _Sandbox:
    """A process of the function: the entry point, once its code is imported."""

    number: int
    build: Callable[[], EntryPoint]
    entry: EntryPoint | None = None


@dataclass(slots=True)
class Function:
    """The code of one job and how it is run.

    Attributes:
        name: The job.
        build: Makes the entry point of a new sandbox.
        environment: Variables the code sees.
        timeout: Seconds after which a run is ended.
        runs: Every invocation so far, shared by all functions of a world.
        role: ARN of the role it has.
        full_name: What Lambda calls it.
        arn: ARN that it is started by, which is an alias's.
        retries: How often Lambda repeats a run that nobody waits for.
    """

    name: str
    build: Callable[[], EntryPoint]
    environment: Mapping[str, str]
    timeout: int
    loop: Loop
    trace: Trace
    runs: list[Run]
    role: str = ""
    full_name: str = ""
    arn: str = ""
    retries: int = 2
    memory: int = 256
    _idle: list[_Sandbox] = field(default_factory=list)

    def invoke(
        self,
        event: Any,  # noqa: ANN401 - whatever Lambda hands over
        done: Callable[[Run], None],
        trace_headers: Iterable[str] = (),
    ) -> Run:
        """Start a run; `done` hears of its end, from the loop."""
        now, number = self.loop.now, len(self.runs) + 1
        caller = Caller(self.name, self.role)
        run = Run(caller, number, now, now + 1000 * self.timeout, copy.deepcopy(event))
        run.trace_header = lineage.continued(self.name, number, trace_headers)
        self.runs.append(run)
        self.trace.add(now, self.name, "started", run=number)
        if self._idle:
            self._handle(run, self._idle.pop(), done)
        else:
            self._initialise(run, done)
        return run

    def update(self, build: Callable[[], EntryPoint]) -> None:
        """Give it other code: runs under way end with theirs, the next ones begin anew."""
        self.build = build
        self._idle.clear()

    def _initialise(self, run: Run, done: Callable[[Run], None]) -> None:
        """Make a sandbox: ten seconds that no timeout counts, and once more inside it if need be.

        What fails or takes too long is ended, and begun again when the run itself has begun.
        """
        sandbox = _Sandbox(run.number, self.build)

        def body() -> None:
            with contextlib.suppress(BaseException):
                sandbox.entry = self.build()
            if process.dead:
                sandbox.entry = None
            self.loop.at(self.loop.now, handle)

        def handle() -> None:
            end.cancel()
            run.deadline = self.loop.now + 1000 * self.timeout
            self._handle(run, sandbox, done)

        run.sandbox = sandbox.number
        process: Process = self.loop.start(f"{self.name}/{run.number}/start", body, (self, run))
        end = self.loop.at(self.loop.now + _LONGEST_START, process.kill)

    def _handle(self, run: Run, sandbox: _Sandbox, done: Callable[[Run], None]) -> None:
        run.sandbox = sandbox.number

        def finish() -> None:
            run.ended = self.loop.now
            end.cancel()
            self.trace.add(run.ended, self.name, run.state, run=run.number, **_detail(run))
            done(run)

        def expire() -> None:
            if run.state == "running":
                run.state = "timeout"
                process.kill()

        def body() -> None:
            self._work(run, sandbox)
            # Who computed until its time was over ended then, though no virtual time has passed.
            late = run.state == "timeout"
            self.loop.at(run.deadline if late else self.loop.now, finish)

        def overran() -> None:
            if run.state == "running":
                run.state = "timeout"

        end = self.loop.at(run.deadline, expire)
        process: Process = self.loop.start(f"{self.name}/{run.number}", body, (self, run))
        process.processor_limit, process.overran = self.timeout, overran

    def _work(self, run: Run, sandbox: _Sandbox) -> None:
        """Run the entry point in a sandbox, which only a normal end makes fit for another run."""
        response, problem = None, ""
        try:
            entry = sandbox.entry = sandbox.entry or self.build()
            answer = entry(run.event, Context(self.loop, run, self))
            response = json.loads(json.dumps(answer))
        except BaseException as error:  # noqa: BLE001 - Lambda reports whatever leaves the handler
            problem = _told(error)
        process = self.loop.current
        if process is not None and process.dead:
            # Code that ran on in a dead sandbox may end in anything: that was never observed.
            run.state = "killed" if run.state == "running" else run.state
        elif time.thread_time() > self.timeout:
            run.state = "timeout"  # it computed past its end, and was not looked at meanwhile
        elif problem:
            run.state, run.problem = "error", problem
        else:
            run.state, run.response = "ok", response
            if sandbox.build is self.build:
                self._idle.append(sandbox)


def _told(error: BaseException) -> str:
    """What Lambda reports of an error: its type and its text, if it has one."""
    kind = "Runtime.ExitError" if isinstance(error, SystemExit) else type(error).__name__
    try:
        return f"{kind}: {error}"
    except BaseException:  # noqa: BLE001 - an error whose text is itself an error is one all the same
        return kind


def _detail(run: Run) -> dict[str, Any]:
    if run.state == "ok":
        return {"response": run.response}
    return {"problem": run.problem} if run.problem else {}

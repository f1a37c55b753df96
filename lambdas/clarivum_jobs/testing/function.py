"""A Lambda function: sandboxes that are reused, a deadline, and ends without unwinding."""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from clarivum_jobs.testing.loop import Killed, Loop, Process
from clarivum_jobs.testing.router import Caller
from clarivum_jobs.testing.trace import Trace

EntryPoint = Callable[[Any, Any], Any]
State = Literal["running", "ok", "error", "timeout", "killed"]


@dataclass(slots=True)
class Run:
    """One invocation, from its start to what became of it; times are milliseconds of the loop.

    Attributes:
        caller: Which job's role it runs under.
        number: Which invocation of the simulation it is, counted from 1.
        calls: How many calls it has made to the world.
        response: What the entry point returned, when it did.
        done: The calls that took effect, in order.
    """

    caller: Caller
    number: int
    started: int
    deadline: int
    event: Any
    calls: int = 0
    ended: int = 0
    state: State = "running"
    response: Any = None
    problem: str = ""
    done: list[str] = field(default_factory=list)

    def note(self, call: str) -> None:
        """Remember a call that took effect."""
        self.done.append(call)


class Context:
    """What Lambda passes beside the event."""

    def __init__(self, loop: Loop, run: Run, name: str, memory: int) -> None:
        """Describe one invocation."""
        self._loop, self._run = loop, run
        self.function_name = name
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = memory
        self.invoked_function_arn = f"arn:aws:lambda:eu-west-1:000000000000:function:{name}"
        self.aws_request_id = f"00000000-0000-4000-8000-{run.number:012d}"
        self.log_group_name = f"/aws/lambda/{name}"
        self.log_stream_name = "simulated"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the deadline."""
        return max(self._run.deadline - self._loop.now, 0)


@dataclass(slots=True)
class Function:
    """The code of one job and how it is run.

    Attributes:
        name: The job.
        build: Makes the entry point of a new sandbox.
        environment: Variables the code sees.
        timeout: Seconds after which a run is ended.
        runs: Every invocation so far, shared by all functions of a world.
        targets: Jobs that its role may enqueue.
    """

    name: str
    build: Callable[[], EntryPoint]
    environment: Mapping[str, str]
    timeout: int
    loop: Loop
    trace: Trace
    runs: list[Run]
    targets: tuple[str, ...] = ()
    memory: int = 256
    _idle: list[EntryPoint] = field(default_factory=list)

    def invoke(self, event: Any, done: Callable[[Run], None]) -> Run:  # noqa: ANN401
        """Start a run; `done` hears of its end, from the loop."""
        now = self.loop.now
        number = len(self.runs) + 1
        run = Run(
            Caller(self.name, f"{self.name}#", self.targets),
            number,
            now,
            now + 1000 * self.timeout,
            copy.deepcopy(event),
        )
        self.runs.append(run)
        self.trace.add(now, self.name, "started", run=number)

        def finish() -> None:
            run.ended = self.loop.now
            end.cancel()
            self.trace.add(run.ended, self.name, run.state, run=number, **_detail(run))
            done(run)

        def expire() -> None:
            if run.state == "running":
                run.state = "timeout"
                process.kill()

        def body() -> None:
            self._work(run)
            self.loop.at(self.loop.now, finish)

        end = self.loop.at(run.deadline, expire)
        process: Process = self.loop.start(f"{self.name}/{number}", body, (self, run))
        return run

    def _work(self, run: Run) -> None:
        """Run the entry point in a sandbox, which only a normal end makes fit for another run."""
        try:
            entry = self._idle.pop() if self._idle else self.build()
            answer = entry(run.event, Context(self.loop, run, self.name, self.memory))
            run.response = json.loads(json.dumps(answer))
        except Killed:
            run.state = "killed" if run.state == "running" else run.state
        except BaseException as error:  # noqa: BLE001 - Lambda reports whatever leaves the handler
            # Code that ran on in a dead sandbox may end in any error: that was never observed.
            process = self.loop.current
            if process is not None and process.dead:
                run.state = "killed" if run.state == "running" else run.state
            else:
                run.state, run.problem = "error", f"{type(error).__name__}: {error}"
        else:
            process = self.loop.current
            if process is not None and process.dead:
                run.state, run.response = "killed" if run.state == "running" else run.state, None
                return
            run.state = "ok"
            self._idle.append(entry)


def _detail(run: Run) -> dict[str, Any]:
    if run.state == "ok":
        return {"response": run.response}
    return {"problem": run.problem} if run.problem else {}

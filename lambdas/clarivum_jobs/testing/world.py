"""A whole deployment in one process and in virtual time: start here.

with World(seed=7, faults=ROUGH) as world:
    world.deploy(Deployment("lead-enrichment", build=lambda: entry_point))
    enqueue(LeadEnrichment(...))
    world.settle()
    print(world.trace.text)
"""

import contextlib
import os
from types import TracebackType
from typing import TYPE_CHECKING, Self

from clarivum_jobs.testing.aws.authorizer import Authorizer
from clarivum_jobs.testing.aws.dynamodb import Dynamodb
from clarivum_jobs.testing.aws.invocations import Invocations
from clarivum_jobs.testing.aws.names import BASE
from clarivum_jobs.testing.aws.queue import Queue
from clarivum_jobs.testing.aws.s3 import S3
from clarivum_jobs.testing.aws.scheduler import Scheduler
from clarivum_jobs.testing.aws.secrets import Secrets
from clarivum_jobs.testing.aws.sqs import Sqs
from clarivum_jobs.testing.aws.targets import Targets
from clarivum_jobs.testing.deployment import PRODUCER, Deployment
from clarivum_jobs.testing.installation import indices, install
from clarivum_jobs.testing.machine import lineage, patches
from clarivum_jobs.testing.machine.effects import Effects
from clarivum_jobs.testing.machine.faults import NONE, Dice, Faults, clock_offset
from clarivum_jobs.testing.machine.function import Function, Run
from clarivum_jobs.testing.machine.loop import Loop, Process
from clarivum_jobs.testing.machine.router import Router
from clarivum_jobs.testing.machine.trace import Trace
from clarivum_jobs.testing.terraform.collection import platform

if TYPE_CHECKING:
    from clarivum_jobs.testing.aws.mapping import SourceMapping

_DAY = 86_400


class World:
    """Queues, functions, schedules, records and third parties, moved by one clock and one seed."""

    def __init__(self, seed: int = 0, faults: Faults = NONE) -> None:
        """Prepare an empty world; enter it to make it the one that code sees."""
        self.seed = seed
        self.loop, self.dice, self.runs = Loop(), Dice(seed), list[Run]()
        self.trace = Trace(self.loop.now)
        self.router = Router(self.loop, self.dice, faults, self.trace)
        self.authorizer = Authorizer()
        self.router.permit = self.authorizer.check
        self.deployments: dict[str, Deployment] = {}
        self.functions: dict[str, Function] = {}
        self.mappings: dict[str, SourceMapping] = {}
        self.sqs, self.secrets = Sqs(self.loop), Secrets()
        self.effects = Effects(self.loop, self.trace)
        self.s3 = S3(self.effects)
        self.table = Dynamodb(self.loop, self.dice, self.trace, indices=indices(platform()))
        self.failures: dict[str, Queue] = {}
        self.invocations = Invocations(self.loop, self.failures, self.authorizer)
        self.functions_by_arn: dict[str, Function] = {}
        targets = Targets(
            self.loop,
            self.trace,
            self.invocations,
            self.functions_by_arn,
            self.sqs.queues,
            self.router.away,
            self.authorizer,
        )
        self.scheduler = Scheduler(self.loop, self.dice, faults, self.trace, targets)
        self.table.running = lambda: self.router.current
        self.router.services = {
            "sqs": self.sqs,
            "dynamodb": self.table,
            "scheduler": self.scheduler,
            "secretsmanager": self.secrets,
            "s3": self.s3,
        }
        self.router.other = self.effects
        self.loop.turned = self._turned
        self._whose: Function | None = None
        self._inside = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Replace time, chance and AWS by this world's."""
        self._inside.enter_context(patches.installed(self.loop, self.dice, self.router))
        os.environ.update(PRODUCER)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put everything back, and end what still runs."""
        self.faults = NONE
        for process in list(self.loop.processes):
            process.kill()
        self._inside.close()

    @property
    def faults(self) -> Faults:
        """What goes wrong from here on."""
        return self.router.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.router.faults = self.scheduler.faults = faults
        for queue in self.sqs.queues.values():
            queue.faults = faults

    def deploy(self, deployment: Deployment) -> None:
        """Make what Terraform makes for one job."""
        install(self, deployment)

    def queue(self, job: str) -> Queue:
        """The queue of a job."""
        return self.sqs.queues[f"{BASE}-{job}"]

    def dead_letters(self, job: str) -> Queue:
        """The dead-letter queue of a job."""
        return self.sqs.queues[f"{BASE}-{job}-dlq"]

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.loop.run(self.loop.now + round(seconds * 1000))

    def settle(self, days: float = 3) -> None:
        """Let time pass until nothing is left to do, `days` at most."""
        end = self.loop.now + round(days * _DAY * 1000)
        while self.busy and self.loop.now < end:
            self.run(3600)

    @property
    def busy(self) -> bool:
        """Whether any message of any job waits or is being worked on."""
        return any(self.queue(job).messages for job in self.deployments) or bool(
            self.loop.processes
        )

    def redrive(self, job: str) -> int:
        """Send every dead letter back to the job's queue; returns how many."""
        dead = self.dead_letters(job)
        return dead.move(dead.messages.values(), self.queue(job))

    def invoke(self, job: str, event: object) -> None:
        """Start a job's function by hand, without waiting for it."""
        self.invocations.start(self.functions[job], event)

    def effect(self, name: str, key: str, *, recognised: bool = True) -> None:
        """Do something to the outside world, from a handler.

        Args:
            name: What is done.
            key: What the third party could tell a repeat by.
            recognised: Whether it does tell: a repeat then changes nothing.
        """
        params = {"Name": name, "Key": key, "Recognised": recognised}
        self.router.carry("effects", "Perform", params)

    def _turned(self, process: Process | None) -> None:
        """Give whoever runs next its own environment, as a sandbox of its own would."""
        function, run = (None, None) if process is None else process.owner
        self.router.current = run
        skew = self.faults.skew
        self.loop.offset = skew and clock_offset(self.seed, run.sandbox if run else 0, skew)
        if run is None:
            os.environ.pop(lineage.VARIABLE, None)
        else:
            os.environ[lineage.VARIABLE] = run.trace_header
        if function is not self._whose:
            for name in PRODUCER if self._whose is None else self._whose.environment:
                os.environ.pop(name, None)
            self._whose = function
            os.environ.update(PRODUCER if function is None else function.environment)

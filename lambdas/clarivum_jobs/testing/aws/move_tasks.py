"""Redrive tasks: SQS moves what lies in a dead-letter queue, at a rate, as new messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.aws.queue import ARN, Message, Queue
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Answer, Params, RefusedError

_FASTEST = 500
"""Messages a second, which is also what SQS may choose when nobody says."""

_OPERATIONS = ("StartMessageMoveTask", "ListMessageMoveTasks", "CancelMessageMoveTask")


@dataclass(slots=True)
class Task:
    """One redrive; where it has no destination, each message goes back to where it came from."""

    handle: str
    source: Queue
    destination: Queue | None
    rate: int
    started: int
    to_move: int
    moved: int = 0
    status: str = "RUNNING"
    failure: str = ""

    def told(self) -> dict[str, Any]:
        """What a list shows of it."""
        where = {"DestinationArn": ARN + self.destination.name} if self.destination else {}
        running = {"TaskHandle": self.handle} if self.status == "RUNNING" else {}
        return {
            "Status": self.status,
            "SourceArn": ARN + self.source.name,
            "MaxNumberOfMessagesPerSecond": self.rate,
            "ApproximateNumberOfMessagesMoved": self.moved,
            "ApproximateNumberOfMessagesToMove": self.to_move,
            "StartedTimestamp": self.started,
            **({"FailureReason": self.failure} if self.failure else {}),
            **where,
            **running,
        }


@dataclass(slots=True)
class MoveTasks:
    """The redrive tasks of a world, oldest first."""

    loop: Loop
    queues: Mapping[str, Queue]
    tasks: list[Task] = field(default_factory=list)

    def handler(self, operation: str) -> Callable[[Params], Answer] | None:
        """Return what carries out an operation; none if it is no operation of tasks."""
        found = (self._start, self._list, self._cancel)
        return dict(zip(_OPERATIONS, found, strict=True)).get(operation)

    def _start(self, params: Params) -> Answer:
        source = self._queue(params["SourceArn"])
        if not any(queue.dead_letters is source for queue in self.queues.values()):
            raise _unsupported(why="Source queue must be configured as a dead-letter queue.")
        if any(t.source is source and t.status == "RUNNING" for t in self.tasks):
            raise _unsupported(why="There is already a task running.")
        destination = params.get("DestinationArn")
        rate = params.get("MaxNumberOfMessagesPerSecond", _FASTEST)
        if not 1 <= rate <= _FASTEST:
            why = f"A rate is between 1 and {_FASTEST} messages a second."
            raise RefusedError(code="InvalidParameterValue", why=why)
        task = Task(
            f"task-{len(self.tasks) + 1}",
            source,
            self._queue(destination) if destination else None,
            rate,
            self.loop.now,
            len(source.messages),
        )
        self.tasks.append(task)
        self.loop.at(self.loop.now, lambda: self._move(task))
        return {"TaskHandle": task.handle}

    def _list(self, params: Params) -> Answer:
        source = self._queue(params["SourceArn"])
        found = [task for task in reversed(self.tasks) if task.source is source]
        return {"Results": [task.told() for task in found[: params.get("MaxResults", 1)]]}

    def _cancel(self, params: Params) -> Answer:
        for task in self.tasks:
            if task.handle == params["TaskHandle"] and task.status == "RUNNING":
                task.status = "CANCELLED"
                return {"ApproximateNumberOfMessagesMoved": task.moved}
        raise RefusedError(code="ResourceNotFoundException", why="No such task is running.")

    def _move(self, task: Task) -> None:
        """Move what one second allows; what is in flight is not there to be moved."""
        visible = [m for m in task.source.messages.values() if m.visible <= self.loop.now]
        if task.status != "RUNNING":
            return
        if not visible:
            task.status = "COMPLETED"
            return
        for message in visible[: task.rate]:
            target = task.destination or self._origin(message)
            if target is None:
                task.status, task.failure = "FAILED", "CouldNotDetermineMessageSource"
                return
            task.moved += task.source.move([message], target)
        self.loop.at(self.loop.now + 1000, lambda: self._move(task))

    def _origin(self, message: Message) -> Queue | None:
        return self.queues.get(message.source)

    def _queue(self, arn: str) -> Queue:
        queue = self.queues.get(arn.removeprefix(ARN))
        if queue is None:
            why = "The resource that you specified for the ARN doesn't exist."
            raise RefusedError(code="ResourceNotFoundException", why=why)
        return queue


def _unsupported(*, why: str) -> RefusedError:
    return RefusedError(code="AWS.SimpleQueueService.UnsupportedOperation", why=why)

"""A standard queue of SQS: at least once, in no promised order, with visibility and redrive."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.aws.names import arn
from clarivum_jobs.testing.aws.sqs_limits import LARGEST_MESSAGE
from clarivum_jobs.testing.machine.faults import Dice, Faults
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.trace import Trace

ARN = arn("sqs", "")
"""What ARNs of queues begin with."""


@dataclass(slots=True)
class Message:
    """One message and what the queue knows of it; times are milliseconds of the loop.

    Attributes:
        trace_header: X-Ray's header of whoever sent it.
        source: Queue that gave it up, where this is a dead letter of SQS's own making.
    """

    id: str
    body: str
    attributes: Mapping[str, Any]
    sent: int
    visible: int
    expires: int
    receives: int = 0
    first_received: int = 0
    handle: str = ""
    trace_header: str = ""
    source: str = ""


@dataclass(slots=True)
class Queue:
    """The messages of one queue.

    Attributes:
        name: Last part of its address.
        visibility: Seconds a received message stays hidden.
        retention: Seconds a message is kept, counted from when it was first sent.
        max_receives: Receives after which a message moves on; 0 keeps it for ever.
        dead_letters: Where it moves to.
        delay: Seconds a new message stays hidden.
        largest: Bytes of the largest message it takes.
    """

    name: str
    loop: Loop
    dice: Dice
    faults: Faults
    trace: Trace
    visibility: int = 30
    retention: int = 345_600
    max_receives: int = 0
    dead_letters: "Queue | None" = None
    delay: int = 0
    largest: int = LARGEST_MESSAGE
    messages: dict[str, Message] = field(default_factory=dict)
    expired: list[Message] = field(default_factory=list)
    changed: Callable[[], None] = lambda: None
    sent: "Callable[[Queue, Message], None]" = lambda _queue, _message: None
    deleted: "Callable[[Queue, Message], None]" = lambda _queue, _message: None

    def send(
        self,
        body: str,
        attributes: Mapping[str, Any],
        delay: int | None = None,
        trace_header: str = "",
    ) -> Message:
        """Take a new message in."""
        now = self.loop.now
        visible = now + 1000 * (self.delay if delay is None else delay)
        message = Message(
            self.dice.identifier(), body, attributes, now, visible, now + 1000 * self.retention
        )
        message.trace_header = trace_header
        self.messages[message.id] = message
        self.trace.add(now, self.name, "sent", id=message.id, delay=(visible - now) // 1000)
        self.sent(self, message)
        self.changed()
        return message

    def receive(self, limit: int, hidden: int | None = None) -> list[Message]:
        """Deliver up to `limit` visible messages, and move on what was received too often.

        They are hidden for so many seconds, or for as long as the queue says.
        """
        self._expire()
        ready = [m for m in self.messages.values() if m.visible <= self.loop.now]
        if len(ready) > 1 and self.dice.happens(self.faults.reorder):
            self.dice.random.shuffle(ready)
        if len(ready) > 1 and self.dice.happens(self.faults.part):
            count = self.dice.between(1, len(ready) - 1)
            ready = [ready[i] for i in sorted(self.dice.random.sample(range(len(ready)), count))]
        taken: list[Message] = []
        for message in ready:
            if len(taken) == limit:
                break
            if self.max_receives and message.receives >= self.max_receives:
                self._move_on(message)
                continue
            taken.append(self._deliver(message, hidden))
            if len(taken) < limit and self.dice.happens(self.faults.twin):
                taken.append(self._deliver(message, hidden))
        return taken

    def _deliver(self, message: Message, hidden: int | None) -> Message:
        now = self.loop.now
        message.receives += 1
        message.first_received = message.first_received or now
        message.handle = self.dice.identifier()
        if not self.dice.happens(self.faults.duplicate):
            message.visible = now + 1000 * (self.visibility if hidden is None else hidden)
        self.trace.add(now, self.name, "received", id=message.id, receives=message.receives)
        return Message(**{name: getattr(message, name) for name in Message.__slots__})

    def delete(self, handle: str) -> bool:
        """Forget a message; a receipt that is not the latest forgets nothing, which AWS allows."""
        for message in self.messages.values():
            if message.handle == handle:
                del self.messages[message.id]
                self.trace.add(self.loop.now, self.name, "deleted", id=message.id)
                self.deleted(self, message)
                return True
        return False

    def hide(self, handle: str, seconds: int) -> bool:
        """Change when a received message comes back; false when it is not in flight."""
        for message in self.messages.values():
            if message.handle == handle and message.visible > self.loop.now:
                message.visible = self.loop.now + 1000 * seconds
                self.trace.add(self.loop.now, self.name, "hidden", id=message.id, seconds=seconds)
                self.changed()
                return True
        return False

    def move(self, messages: Iterable[Message], target: "Queue") -> int:
        """Send messages on as new ones, as a redrive does: new id, new age, new receive count."""
        count = 0
        for message in list(messages):
            del self.messages[message.id]
            target.send(message.body, message.attributes, 0, message.trace_header)
            count += 1
        return count

    def next_visible(self) -> int | None:
        """When the next message can be received, in milliseconds, or none."""
        return min((m.visible for m in self.messages.values()), default=None)

    def _move_on(self, message: Message) -> None:
        del self.messages[message.id]
        target = self.dead_letters
        if target is None:
            return
        # The age goes with it, the receive count starts anew, as for any standard queue.
        moved = Message(
            message.id,
            message.body,
            message.attributes,
            message.sent,
            self.loop.now,
            message.sent + 1000 * target.retention,
            trace_header=message.trace_header,
            source=self.name,
        )
        target.messages[moved.id] = moved
        self.trace.add(self.loop.now, self.name, "redriven", id=message.id, to=target.name)
        target.changed()

    def _expire(self) -> None:
        for message in [m for m in self.messages.values() if m.expires <= self.loop.now]:
            del self.messages[message.id]
            self.expired.append(message)
            self.trace.add(self.loop.now, self.name, "expired", id=message.id)

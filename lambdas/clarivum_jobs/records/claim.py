"""One delivery's claim on a piece of work: claimed and begun by one write, ended by another."""

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clarivum_jobs.core import clients
from clarivum_jobs.records import writes
from clarivum_jobs.records.claiming import Ask, Begin, Busy, Hold, Settled, SettledError, decide
from clarivum_jobs.records.errors import AttemptsSpentError, InProgressError, RecordStoreError
from clarivum_jobs.records.work_item import (
    DONE,
    Status,
    WorkItem,
    as_list,
    ended,
    last_words,
    now_ms,
    payload_fits,
    work_id,
)

if TYPE_CHECKING:
    from clarivum_jobs.contract.envelope import Envelope
    from clarivum_jobs.core.delivery import Delivery
    from clarivum_jobs.records.records import Records

# Others may write between a look and a write; after so many times the message comes back later.
_TRIES = 4

# Seconds between tries to record what was done, and how long that may go on in all: until then a
# table that is away for a moment repeats no effect.
_FIRST_WAIT = 0.2
_LONGEST_SAVE = 30.0
_RESERVE = 2.0


@dataclass
class Claim:
    """What a delivery holds.

    Attributes:
        records: Where work is on record.
        delivery: The message.
        envelope: What it says.
        payload: Its payload as JSON without sensitive values; empty if it could not be read.
        owner: Token that tells this claim from every other.
        item: The work as this claim left it; none before it is held.
    """

    records: "Records"
    delivery: "Delivery"
    envelope: "Envelope"
    payload: str = ""
    owner: str = field(default_factory=lambda: uuid.uuid4().hex[:16])
    item: WorkItem | None = None

    @property
    def id(self) -> str:
        """Id of the work's item."""
        return work_id(self.records.settings.record_name, self.envelope.idempotencykey)

    def begin(self, content: str, until: int) -> None:
        """Claim the work and begin an attempt, by one write where the work is new or waits.

        Args:
            content: Hash of the payload.
            until: When the claim ends by itself, in milliseconds since the epoch.

        Raises:
            SettledError: It is done, or dead with a letter of this enqueue, or was dropped.
            InProgressError: Somebody else holds it.
            AttemptsSpentError: It is held, to be parked.
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        ask, unheld = self._ask(content), self.records.unheld
        # Without a look, an attempt that was begun and never heard of would count.
        blind = ask.may_begin and self.id not in unheld.claims
        if blind:
            write = writes.begun(self._claiming(ask, until), ask)
            found = self._claim(writes.free(write, ask), begins=True)
        else:
            found = self.records.read(self.id)
        intent: Begin | Hold | None = Begin(0, 0, ()) if blind else None
        for _ in range(_TRIES):
            if self.item is not None or (found and found.owner == self.owner):
                # Also if the answer to a write that was carried out got lost on the way.
                self.item = self.item or found
                unheld.heard(self.id)
                return self._held(intent)
            decision = decide(unheld.seen_through(self.id, found, ask.now), ask)
            if isinstance(decision, Settled):
                unheld.heard(self.id)
                raise SettledError(decision)
            if isinstance(decision, Busy):
                raise InProgressError(max(1, (decision.until - now_ms()) // 1000 + 2))
            intent = decision
            write = writes.seen(self._planned(decision, ask, until), found)
            found = self._claim(write, begins=isinstance(decision, Begin))
        if self.item is None:
            raise InProgressError(1)
        return self._held(intent)

    def done(self, remaining: Callable[[], float]) -> None:
        """Record that the work is done; tried again and again while there is time.

        Raises:
            RecordStoreError: It could not be recorded.
        """
        last = time.monotonic() + min(remaining() - _RESERVE, _LONGEST_SAVE)
        self.records.unsaved.add(self.id)
        wait = _FIRST_WAIT
        while not self._saved():
            if time.monotonic() + wait > last:
                raise RecordStoreError(done=True)
            time.sleep(wait)
            wait *= 2
        self.records.unsaved.discard(self.id)

    def _saved(self) -> bool:
        """Try to record that the work is done; false if the table does not answer."""
        try:
            held = self._end("done", DONE)
        except clients.aws_errors():
            return False
        if not held:
            raise RecordStoreError(done=True)
        return True

    def failed(self, code: str, reason: str, *, final: bool, counts: bool = True) -> bool:
        """Record how an attempt failed.

        Args:
            code: Stable name of the error.
            reason: The same in words, should only another delivery park its message.
            final: Whether its message is parked next: the claim is held until that is done.
            counts: Whether it was an attempt; if not, the next has its number again.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        until = self.item.lease if final and self.item else 0
        return self._end("waiting", code, reason, until=until, counts=counts)

    def split_into(self, job: str, children: Iterable[str]) -> None:
        """Record into which jobs of `job` the work was split, instead of what was recorded before.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        entries = [{"M": {"job": writes.string(job), "id": writes.string(c)}} for c in children]
        self._owned(self._write().count("version").set(children={"L": entries}))

    def dead(self, code: str, reason: str) -> bool:
        """Record that the work was given up and its message parked; false if it is not held.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        if self.item is None:
            return False
        # By the clock of SQS no letter is older than its message, whatever this clock says: a copy
        # of the message is told from what was sent later by that.
        now = max(now_ms(), self.delivery.sent)
        entries = ended(self.item.attempts, now)
        write = writes.left(self._write(), "dead", entries, now).set(
            code=writes.string(code),
            reason=writes.string(reason),
            letters=writes.letters(self.item.letters, self.envelope.id, now),
        )
        return self._owned(write)

    def stale(self) -> Settled | None:
        """Record that the work is too late to begin; if it is on record already, return as what.

        Raises:
            ClientError: The table refused.
            BotoCoreError: The table could not be reached.
        """
        ask = self._ask("")
        write = writes.left(self._write(), "stale", [], ask.now).set(
            job_id=writes.string(ask.job_id),
            enqueued=writes.string(self.envelope.time.isoformat()),
            expiration=writes.number(self.records.expiration),
        )
        found = self._try(writes.seen(write, None))
        if found is None:
            return None
        lives = found.expiration * 1000 > ask.now
        begun = lives and (found.number > 0 or found.status == "done")
        return Settled("begun" if begun else "stale", found.job_id)

    def _held(self, intent: Begin | Hold | None) -> None:
        # Work that this sandbox has done has nothing left to attempt: its record is completed.
        if isinstance(intent, Hold) and self.id not in self.records.unsaved:
            receives = self.delivery.receives
            raise AttemptsSpentError(intent.attempts, receives, intent.code, intent.reason)

    def _ask(self, content: str) -> Ask:
        settings = self.records.settings
        return Ask(
            owner=self.owner,
            job_id=self.envelope.id,
            message_id=self.delivery.message_id,
            content=content,
            sent=self.delivery.sent,
            replayed=self.delivery.replayed,
            # Were the last receive's attempt killed, nobody would see the message any more.
            may_begin=self.delivery.receives < settings.max_receives,
            max_attempts=settings.max_attempts,
            now=now_ms(),
        )

    def _write(self) -> writes.Write:
        settings = self.records.settings
        return writes.Write(settings.table, settings.record_name, self.id)

    def _claiming(self, ask: Ask, until: int) -> writes.Write:
        write = writes.claimed(self._write(), ask, until, self.records.expiration)
        fits = payload_fits(self.records.settings.job, ask.job_id, self.payload)
        enqueued = self.envelope.time.isoformat()
        return writes.described(write, ask, enqueued, self.payload if fits else "")

    def _planned(self, plan: Begin | Hold, ask: Ask, until: int) -> writes.Write:
        """Write what was decided by a look at the item."""
        if isinstance(plan, Hold):
            return self._holding(ask, until)
        write = self._claiming(ask, until).set(
            status=writes.string("running"),
            number=writes.number(plan.number),
            round=writes.number(plan.round),
            attempts=as_list([*plan.earlier, ask.entry]),
        )
        # What was said of the attempts before is true no more.
        write.remove("job_status", "changed", "code", "reason")
        if plan.number > 1:
            return write
        return write.set(round_sent=writes.number(ask.sent))

    def _holding(self, ask: Ask, until: int) -> writes.Write:
        """Write the claim alone; of work that nobody has seen yet, that it waits."""
        return writes.claimed(self._write(), ask, until, self.records.expiration).keep(
            status=writes.string("waiting"),
            job_id=writes.string(ask.job_id),
            enqueued=writes.string(self.envelope.time.isoformat()),
            content=writes.string(ask.content),
            round_sent=writes.number(ask.sent),
            attempts={"L": []},
        )

    def _end(
        self, status: Status, code: str, reason: str = "", *, until: int = 0, counts: bool = True
    ) -> bool:
        if not self.item:
            return False
        now = now_ms()
        *earlier, last = self.item.attempts
        entries = ended((*earlier, last_words(last, code, now, counts=counts)), now)
        write = writes.left(self._write(), status, entries, now, until)
        write.set(expiration=writes.number(self.records.expiration))
        if status == "done":
            write.remove("code", "reason")
        else:
            write.set(code=writes.string(code), reason=writes.string(reason))
        if not counts:
            write.set(number=writes.number(self.item.number - 1))
        return self._owned(write)

    def _owned(self, write: writes.Write) -> bool:
        """Write while the claim is ours; true also if the work is on record as done already."""
        before = self.item
        found = self._try(writes.owned(write, self.owner))
        return self.item is not before or (found is not None and found.status == "done")

    def _claim(self, write: writes.Write, *, begins: bool) -> WorkItem | None:
        try:
            return self._try(write)
        except clients.aws_errors():
            self.records.unheld.add(self.id, self.owner, begins=begins)
            raise

    def _try(self, write: writes.Write) -> WorkItem | None:
        """Write, and keep what the item is then; return what stood in the way."""
        request: dict[str, Any] = write.request()
        try:
            answer = self.records.dynamodb.update_item(**request)
        except clients.aws_errors() as error:
            if clients.error_code(error) != "ConditionalCheckFailedException":
                raise
            item = getattr(error, "response", {}).get("Item")
            return WorkItem.read(item) if item else None
        self.item = WorkItem.read(answer["Attributes"])
        return None

"""What a delivery may do with a piece of work, by what is on record of it."""

from dataclasses import dataclass

from clarivum_jobs.core.errors import JobsError
from clarivum_jobs.records.errors import KILLED, NOT_BEGUN
from clarivum_jobs.records.work_item import UNCOUNTED, Entry, WorkItem, ended, first_words, text

RESEND = 900_000
"""Milliseconds in which a client, or SQS for it, sends one enqueue again; later it is a replay."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a delivery asks for; times in milliseconds since the epoch.

    Attributes:
        owner: Token of this delivery.
        job_id: Id of its enqueue.
        message_id: Id that SQS gave to its message.
        content: Hash of its payload.
        sent: When its message was sent; 0 if that is unknown.
        replayed: Whether the message is a dead letter that was moved back.
        may_begin: Whether an attempt may begin: not on the message's last receive.
        max_attempts: Attempts that a round may have.
        now: The time.
    """

    owner: str
    job_id: str
    message_id: str
    content: str
    sent: int
    replayed: bool
    may_begin: bool
    max_attempts: int
    now: int

    @property
    def entry(self) -> Entry:
        """The attempt that it would begin, as the item lists it."""
        return first_words(self.message_id, self.now)


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin an attempt.

    Attributes:
        number: Its number in the round.
        round: The round; it is new if the number is 1.
        earlier: Attempts that stay on record.
    """

    number: int
    round: int
    earlier: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold the work and begin nothing: its message is to be parked.

    Attributes:
        attempts: Attempts begun in this round.
        code: How the last of them ended.
        reason: The same in words, if it is on record.
    """

    attempts: int
    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Busy:
    """Another delivery holds the work, until then at the latest."""

    until: int


@dataclass(frozen=True, slots=True)
class Settled:
    """There is nothing to do for this message.

    Attributes:
        how: The work is done, or dead with a letter of this enqueue, or was too late to begin.
        job_id: Id of the enqueue under which that is on record.
        differs: Whether what was done had another content.
    """

    how: str
    job_id: str
    differs: bool = False


class SettledError(JobsError):
    """There is nothing to do.

    Attributes:
        settled: Why not.
    """

    def __init__(self, settled: Settled) -> None:
        """Remember why."""
        super().__init__(settled.how)
        self.settled = settled


Decision = Begin | Hold | Busy | Settled


def decide(found: WorkItem | None, ask: Ask) -> Decision:
    """Judge what is on record; pure, so that it can be tried on every state there is."""
    if found is None or found.expiration * 1000 <= ask.now:
        return Begin(1, 1, ()) if ask.may_begin else Hold(0, NOT_BEGUN)
    if found.status == "done":
        return Settled("done", found.job_id, differs=found.content not in {"", ask.content})
    if found.lease >= ask.now:
        return Busy(found.lease)
    if found.status == "stale" and found.job_id == ask.job_id:
        return Settled("stale", found.job_id)
    return _go_on(found, ask)


def _go_on(found: WorkItem, ask: Ask) -> Decision:
    """Judge work that nobody holds and that was begun, or given up."""
    if ask.sent <= found.letters.get(ask.job_id, -1) and not ask.replayed:
        # Sent before its letter was: a copy, or what was left of a batch that was cut short. Only
        # the letter itself is never dropped, whatever two clocks say.
        return Settled("dead", found.job_id)
    # Work of other content was not given up; what this message tried of it already counts on.
    other = found.status == "dead" and found.content != ask.content
    anew = found.status == "stale" or _begins_anew(found, ask)
    if found.status == "dead" and not other and not anew:
        return Hold(found.number, found.code, found.reason)
    tries = sum(
        text(entry, "message") == ask.message_id and UNCOUNTED not in entry
        for entry in found.attempts
    )
    if tries >= ask.max_attempts:
        # A replay of other work under this key gives this message no attempts more than its own.
        return _spent(found)
    if anew or (other and not tries):
        return _begin(found, ask, 1, found.round + 1)
    return _begin(found, ask, found.number + 1, found.round)


def _begin(found: WorkItem, ask: Ask, number: int, round_: int) -> Begin | Hold:
    if not ask.may_begin or number > ask.max_attempts:
        return _spent(found)
    return Begin(number, round_, tuple(ended(found.attempts, ask.now)))


def _begins_anew(found: WorkItem, ask: Ask) -> bool:
    """Whether a message is a replay, and not a copy of what this round already worked on.

    A replay is sent after everything that is on record, and so is an enqueue after the work was
    given up.
    """
    dead = found.status == "dead"
    late = ask.sent > found.round_sent + RESEND and ask.job_id == found.job_id
    other = dead and ask.job_id != found.job_id and ask.job_id not in found.letters
    return ask.sent >= found.last_word and (ask.replayed or late or other)


def _spent(found: WorkItem) -> Hold:
    return Hold(found.number, _last_code(found), found.reason if found.last_failed else "")


def _last_code(found: WorkItem) -> str:
    if not found.number:
        return NOT_BEGUN
    return text(found.attempts[-1], "code") or KILLED if found.attempts else KILLED

"""What is asked of one job: what the call says, and what its `expected` says otherwise."""

from dataclasses import dataclass

from generator.capacity.quotas import Work
from generator.capacity.report import Question
from generator.cost.usage import SECONDS_A_DAY
from generator.manifest.resolved import Worker
from generator.manifest.timeline import longest_wait

_LEAST = 1 / SECONDS_A_DAY
"""Messages a second of a job of which nothing is expected: one a day."""


@dataclass(frozen=True, slots=True)
class Call:
    """What the call says; times in seconds, none for what it leaves to the manifest.

    Attributes:
        rate: Messages a second.
        duration: What an attempt takes.
        attempts: Attempts that a message takes on average.
        outage: In which nothing was worked on.
        account: Concurrent executions of the account.
    """

    rate: float | None
    duration: float | None
    attempts: float | None
    outage: float
    account: int


def asked(worker: Worker, call: Call) -> Question:
    """Return the question for a job in one environment.

    No attempt takes longer than the timeout, and there are no more attempts than the job has.
    """
    expected = worker.expected
    seconds = call.duration or expected.duration_ms / 1000
    attempts = min(call.attempts or expected.attempts, worker.max_attempts)
    # The wait after the first attempt, drawn between nothing and the longest.
    pause = longest_wait(1, base=worker.backoff.base, cap=worker.backoff.cap) / 2
    return Question(
        rate=call.rate or max(expected.messages / SECONDS_A_DAY, _LEAST),
        work=Work(min(seconds, worker.timeout), attempts, pause),
        outage=call.outage,
        account=call.account,
    )

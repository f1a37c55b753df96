"""What goes wrong in a simulation: chosen by a seed, or said exactly."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from clarivum_jobs.testing.machine.loop import START

Moment = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Kill:
    """End the sandbox at one call: before the call arrives, or after it took effect unseen.

    Attributes:
        invocation: Which invocation of the simulation, counted from 1.
        call: Which of its calls to the world, counted from 1.
        moment: On which side of the call's effect.
    """

    invocation: int
    call: int
    moment: Moment = "before"


@dataclass(frozen=True, slots=True)
class Failure:
    """One exact call that fails: with an error, before it is carried out or after.

    Attributes:
        service: Name of its client, such as `dynamodb`.
        call: Which of all calls of runs to the service, counted from 1.
        moment: On which side of the call's effect.
        whole: Whether each of the client's own retries fails as well.
    """

    service: str
    call: int
    moment: Moment = "before"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Outage:
    """A service that does not carry out what it is asked, for a time; its clients try again.

    Attributes:
        service: Name of its client, such as `dynamodb`; `sqs` keeps mappings from polling as well.
        begin: When it starts, in seconds after the start of the world.
        seconds: How long it lasts.
        operations: What does not work; everything if empty.
        code: Error code it answers with, such as `ThrottlingException`; by default that of a
            service that is out of order.
        status: HTTP status beside the code.
        silent: Whether it does not answer at all.
        share: How many of the requests meet it, from 0 (none) to 1 (all).
    """

    service: str
    begin: float = 0
    seconds: float = 3600
    operations: tuple[str, ...] = ()
    code: str = ""
    status: int = 400
    silent: bool = False
    share: float = 1

    def covers(self, service: str, operation: str, now: int) -> bool:
        """Whether it meets an operation at a moment, in milliseconds of the loop."""
        passed = (now - START) / 1000 - self.begin
        return (
            service == self.service
            and 0 <= passed < self.seconds
            and (not self.operations or operation in self.operations)
        )


@dataclass(frozen=True, slots=True)
class Faults:
    """How likely each fault is, from 0 (never) to 1 (always).

    Attributes:
        duplicate: A delivered message stays visible, so that it is delivered a second time.
        reorder: A receive takes messages in any order instead of the oldest first.
        part: A receive asks some of the queue's servers only: it takes a part of what is visible.
        twin: A message comes twice in one receive.
        throttle: A delivery is refused before the function runs; the receive counts all the same.
        kill: A call is the last that its sandbox makes.
        lost_answer: An invocation succeeds, but the queue never learns of it.
        error: A call to a service fails, and each of the client's own retries of it.
        slip: One request is carried out, but its answer is an error: the client sends it again.
        late_timer: The scheduler fires a second time for one moment.
        latency: Shortest and longest time a call takes, in milliseconds.
        skew: How far the clock of a producer or a sandbox may be off, either way, in milliseconds;
            services have the right time.
        kills: Exact kills, besides the random ones.
        failures: Exact calls that fail.
        outages: Services that are away, or throttle, for a time.
    """

    duplicate: float = 0.0
    reorder: float = 0.0
    part: float = 0.0
    twin: float = 0.0
    throttle: float = 0.0
    kill: float = 0.0
    lost_answer: float = 0.0
    error: float = 0.0
    slip: float = 0.0
    late_timer: float = 0.0
    latency: tuple[int, int] = (2, 20)
    skew: int = 0
    kills: tuple[Kill, ...] = ()
    failures: tuple[Failure, ...] = ()
    outages: tuple[Outage, ...] = ()


NONE = Faults()
"""A world where everything works."""

ROUGH = Faults(
    duplicate=0.1,
    reorder=0.5,
    part=0.3,
    twin=0.03,
    throttle=0.05,
    kill=0.02,
    lost_answer=0.03,
    error=0.01,
    slip=0.01,
    late_timer=0.1,
    skew=250,
)
"""A bad day: everything that AWS documents as possible happens now and then."""


def clock_offset(seed: int, sandbox: int, skew: int) -> int:
    """How far the clock of a sandbox is ahead, in milliseconds; the producer is sandbox 0."""
    return Random(f"{seed}/{sandbox}").randint(-skew, skew)  # noqa: S311 - must be repeatable


class Dice:
    """The one source of chance of a simulation."""

    def __init__(self, seed: int) -> None:
        """Begin the sequence that belongs to `seed`."""
        self.random = Random(seed)  # noqa: S311 - must be repeatable, guards nothing

    def happens(self, chance: float) -> bool:
        """Decide one possible fault; an impossible one draws nothing."""
        return chance > 0 and self.random.random() < chance

    def between(self, low: int, high: int) -> int:
        """Draw a whole number, ends included."""
        return low if low == high else self.random.randint(low, high)

    def identifier(self) -> str:
        """Draw an identifier in the form of a UUID."""
        digits = f"{self.random.getrandbits(128):032x}"
        return "-".join(
            (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]),
        )

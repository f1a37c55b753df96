"""Handlers that do whatever Python allows, in batches, under every weather: what must hold.

`ZOO_SCHEDULES` says how many schedules are drawn.
"""

from __future__ import annotations

import io
import json
import logging
import random
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import NONE, Deployment, Failure, Faults, Outage, World
from clarivum_jobs.testing.checks.audit import Audit
from clarivum_jobs.worker import Worker
from tests import chance
from tests.simulator.zoo import IGNORED, JOB, RAISED, RETURNED, SECRET, Animal, Keeper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clarivum_jobs.testing.aws.queue import Message

pytestmark = [pytest.mark.drawn, pytest.mark.long]

SCHEDULES = chance.count("ZOO_SCHEDULES", 60, 4_000)
ALWAYS = 99
ATTEMPTS = 5
HEALTHY_SHARE = 0.4

COPIES = Faults(duplicate=0.2, reorder=0.7, part=0.4, twin=0.1, lost_answer=0.05, skew=200)


def _outage(service: str, begin: float, minutes: float, code: str, share: float) -> Faults:
    return Faults(outages=(Outage(service, begin, 60 * minutes, code=code, share=share),))


def _failure(service: str, call: int, moment: Any, whole: bool) -> Faults:  # noqa: ANN401, FBT001
    return Faults(failures=(Failure(service, call, moment, whole),))


SERVICES = ("dynamodb", "sqs", "secretsmanager", "scheduler")


def _weather(draw: random.Random) -> Faults:
    """Return what goes wrong; nothing in one of six."""
    outage = _outage(
        draw.choice(SERVICES),
        draw.choice([0, 0.03, 20, 100]),
        draw.choice([1, 10, 60]),
        draw.choice(["", "ThrottlingException"]),
        draw.choice([1, 0.7]),
    )
    moment, whole = draw.choice(["before", "after"]), draw.random() < 0.5
    failure = _failure(draw.choice(["dynamodb", "sqs"]), draw.randint(1, 30), moment, whole)
    deadly = Faults(kill=0.05, lost_answer=0.05)
    return draw.choice([NONE, COPIES, Faults(slip=0.15), deadly, outage, failure])


HEALTHY = ("healthy", "", 0)
_EVERY = (1, 4, ALWAYS)
_SPECIES: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...] = (
    ("raises", tuple(sorted(RAISED)), _EVERY),
    ("returns", tuple(sorted({**RETURNED, **IGNORED})), (ALWAYS,)),
    ("exits", ("", "1", "no"), _EVERY),
    ("hangs", ("",), _EVERY),
    ("dies", ("",), _EVERY),
    ("asks", ("nan", "inf", "-1", "0", "30", "1e9"), (ALWAYS,)),
    ("gives up", ("", "gone"), (ALWAYS,)),
    ("leaks", ("",), _EVERY),
    ("threads", ("",), _EVERY),
)


def _animals(draw: random.Random) -> tuple[tuple[str, str, int], ...]:
    """Many of few species meet more often than one of each would."""
    kinds = draw.sample(_SPECIES, draw.randint(1, 3))
    found = []
    for _ in range(draw.randint(1, 10)):
        species, details, fails = draw.choice(kinds)
        odd = (species, draw.choice(details), draw.choice(fails))
        found.append(HEALTHY if draw.random() < HEALTHY_SHARE else odd)
    return tuple(found)


@dataclass(frozen=True)
class Schedule:
    """One world: who lives there, in which cages, under which weather."""

    seed: int
    animals: tuple[tuple[str, str, int], ...]
    batch_size: int
    concurrency: int
    weather: Faults


def drawn(number: int) -> Schedule:
    """Return the schedule of a number; of all that there are each is as likely as another.

    Strategies of hypothesis prefer what is small: most batches would hold one message.
    """
    draw = random.Random(number)  # noqa: S311 - a sample
    return Schedule(
        number, _animals(draw), draw.randint(1, 10), draw.choice([2, 5]), _weather(draw)
    )


@dataclass
class Visit:
    """What became of a schedule."""

    schedule: Schedule
    world: World
    keeper: Keeper
    audit: Audit
    animals: list[Animal]
    log: str

    @property
    def letters(self) -> dict[str, list[Message]]:
        """The dead letters, by the name of the work."""
        found: dict[str, list[Message]] = {}
        for letter in self.world.dead_letters(JOB).messages.values():
            found.setdefault(json.loads(letter.body)["data"]["name"], []).append(letter)
        return found

    def effects(self, animal: Animal) -> int:
        """How often the effect of an animal took place."""
        (key,) = {a.key for a in self.audit.accepted.values() if a.job_id == self.ids[animal.name]}
        return self.world.effects.done.get(f"deliver:{key}", 0)

    ids: dict[str, str]


def visit(schedule: Schedule) -> Visit:
    """Let everything of a schedule happen."""
    log, stdout = io.StringIO(), sys.stdout
    logging.Logger.manager.loggerDict.pop(JOB, None)
    sys.stdout = log
    try:
        with World(schedule.seed, schedule.weather) as world:
            keeper = Keeper(world)
            world.deploy(
                Deployment(
                    JOB,
                    lambda: Worker(Animal, keeper.handle),
                    batch_size=schedule.batch_size,
                    concurrency=schedule.concurrency,
                    max_attempts=ATTEMPTS,
                )
            )
            audit = Audit(world)
            world.faults = NONE
            animals = [
                Animal(name=f"n{number}", species=species, detail=detail, fails=fails)
                for number, (species, detail, fails) in enumerate(schedule.animals)
            ]
            ids = {animal.name: enqueue(animal).job_id for animal in animals}
            world.faults = schedule.weather
            world.settle(days=2)
            audit.check()
    finally:
        sys.stdout = stdout
        logging.Logger.manager.loggerDict.pop(JOB, None)
    return Visit(schedule, world, keeper, audit, animals, log.getvalue(), ids)


_CODES = {
    "returns": "handler_not_run",
    "exits": "SystemExit",
    "hangs": "killed",
    "dies": "killed",
    "asks": "retry_after",
    "leaks": "LookupError",
    "threads": "RuntimeError",
}


def _code(animal: Animal) -> str | None:
    """The code that a letter must have; none where a secret was asked for as one."""
    return _CODES.get(animal.species, animal.detail or None)


def _dies(animal: Animal) -> bool:
    if animal.species == "returns":
        return animal.detail in RETURNED
    return animal.fails >= ATTEMPTS


def wrongs(seen: Visit) -> Iterator[str]:
    """Say everything that does not hold."""
    weather = seen.schedule.weather
    deadly = bool(weather.kill)
    yield from _leaked(seen)
    if seen.world.busy:
        yield "something waits for ever"
    for animal in seen.animals:
        name, begun = animal.name, seen.keeper.attempts.get(animal.name, 0)
        letters = seen.letters.get(name, [])
        if begun > ATTEMPTS:
            yield f"{name} was attempted {begun} times"
        if not deadly and not _dies(animal) and letters:
            codes = [_told(letter, "error_code") for letter in letters]
            yield f"{name}, which would succeed, is parked: {codes}"
        if not deadly and _dies(animal) and not letters:
            yield f"{name}, which cannot succeed, left no letter"
        for letter in letters:
            yield from _misled(animal, begun, letter, weather)
        # Who is killed between letter and record is tried again, and leaves a second letter.
        # So is, by another sandbox than its own, whoever began and got no answer to say so.
        last = max((int(_told(letter, "attempt") or 0) for letter in letters), default=begun)
        spare = last > begun if deadly else last == begun + 1 and _unheard(weather)
        if last != begun and not spare:
            yield f"the last letter of {name} says attempt {last}, of {begun} begun"
        # A send that is repeated, or an answer that is lost, makes a second letter of a first.
        if len(letters) > 1 and weather == NONE:
            yield f"{name} left {len(letters)} letters"
        repeats = deadly or weather.outages or any(f.whole for f in weather.failures)
        most = ATTEMPTS if repeats else 1
        if seen.effects(animal) > most:
            yield f"the effect of {name} took place {seen.effects(animal)} times"


def _unheard(weather: Faults) -> bool:
    """Whether a claim can be in the table and its owner never hear of it."""
    return any(failure.whole and failure.moment == "after" for failure in weather.failures)


def _misled(animal: Animal, begun: int, letter: Message, weather: Faults) -> Iterator[str]:
    if not letter.attributes:
        yield f"the letter of {animal.name} has no reason: SQS moved it"
        return
    code = _told(letter, "error_code")
    # Receives that were no attempts, such as throttles, are told as such.
    expected = _code(animal) if begun >= ATTEMPTS or code != "receives_spent" else code
    if code == "killed" and begun < ATTEMPTS and _unheard(weather):
        expected = code
    if not weather.kill and expected is not None and code != expected:
        yield f"the letter of {animal.name} says {code}, not {expected}"


def _told(letter: Message, name: str) -> str | None:
    value = letter.attributes.get(name)
    return None if value is None else str(value["StringValue"])


def _leaked(seen: Visit) -> Iterator[str]:
    """Look for the secret wherever somebody could read it who may not."""
    world = seen.world
    attributes = [letter.attributes for found in seen.letters.values() for letter in found]
    for name, sink in {
        "the log": seen.log,
        "a record": json.dumps(list(world.table.items.values()), default=str, ensure_ascii=False),
        "a letter": json.dumps(attributes, default=str, ensure_ascii=False),
        "an error that Lambda prints": " ".join(run.problem for run in world.runs),
        "an answer": json.dumps([run.response for run in world.runs], ensure_ascii=False),
    }.items():
        if SECRET in sink or json.dumps(SECRET)[1:-1] in sink:
            yield f"{name} tells the secret"


def smallest(schedule: Schedule) -> Visit:
    """Return the visit of a schedule that breaks a promise with as few animals as can be."""
    for without in range(len(schedule.animals)):
        fewer = (*schedule.animals[:without], *schedule.animals[without + 1 :])
        smaller = replace(schedule, animals=fewer)
        if fewer and any(wrongs(visit(smaller))):
            return smallest(smaller)
    return visit(schedule)


@pytest.mark.parametrize("half", range(2))
def test_no_animal_harms_another_or_tells_a_secret(half: int) -> None:
    """Each drawn schedule keeps every promise; one that does not is made small and shown."""
    draw = chance.drawer(f"zoo {half}")
    for _ in range(SCHEDULES // 2):
        schedule = drawn(draw.getrandbits(64))
        if any(wrongs(visit(schedule))):
            seen = smallest(schedule)
            told = [repr(seen.schedule), *wrongs(seen), "", seen.world.trace.text]
            raise AssertionError("\n".join(told))

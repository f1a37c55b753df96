"""Handlers that do whatever Python allows, in batches, under every weather: what must hold.

`ZOO_SCHEDULES` says how many schedules are drawn.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

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

SCHEDULES = chance.count("ZOO_SCHEDULES", 80, 4_000)
ALWAYS = 99
ATTEMPTS = 5

COPIES = Faults(duplicate=0.2, reorder=0.7, part=0.4, twin=0.1, lost_answer=0.05, skew=200)


def _outage(service: str, begin: float, minutes: float, code: str, share: float) -> Faults:
    return Faults(outages=(Outage(service, begin, 60 * minutes, code=code, share=share),))


def _failure(service: str, call: int, moment: Any, whole: bool) -> Faults:  # noqa: ANN401, FBT001
    return Faults(failures=(Failure(service, call, moment, whole),))


SERVICES = st.sampled_from(["dynamodb", "sqs", "secretsmanager", "scheduler"])
WEATHERS = st.one_of(
    st.just(NONE),
    st.just(COPIES),
    st.just(Faults(slip=0.15)),
    st.just(Faults(kill=0.05, lost_answer=0.05)),
    st.builds(
        _outage,
        SERVICES,
        st.sampled_from([0, 0.03, 20, 100]),
        st.sampled_from([1, 10, 60]),
        st.sampled_from(["", "ThrottlingException"]),
        st.sampled_from([1, 0.7]),
    ),
    st.builds(
        _failure,
        st.sampled_from(["dynamodb", "sqs"]),
        st.integers(1, 30),
        st.sampled_from(["before", "after"]),
        st.booleans(),
    ),
)

_HEALTHY = st.just(("healthy", "", 0))
_SOME, _ALL = st.sampled_from([1, 4]), st.just(ALWAYS)
_SPECIES = (
    st.tuples(st.just("raises"), st.sampled_from(sorted(RAISED)), _SOME | _ALL),
    st.tuples(st.just("returns"), st.sampled_from(sorted({**RETURNED, **IGNORED})), _ALL),
    st.tuples(st.just("exits"), st.sampled_from(["", "1", "no"]), _SOME | _ALL),
    st.tuples(st.just("hangs"), st.just(""), _SOME | _ALL),
    st.tuples(st.just("hangs"), st.just(""), _ALL),
    st.tuples(st.just("asks"), st.sampled_from(["nan", "inf", "-1", "0", "30", "1e9"]), _ALL),
    st.tuples(st.just("gives up"), st.sampled_from(["", "gone"]), _ALL),
    st.tuples(st.sampled_from(["leaks", "threads"]), st.just(""), _SOME | _ALL),
)


@st.composite
def _animals(draw: st.DrawFn) -> tuple[tuple[str, str, int], ...]:
    """Many of few species meet more often than one of each would."""
    kinds = draw(st.lists(st.sampled_from(_SPECIES), min_size=1, max_size=3))
    return tuple(draw(st.lists(st.one_of(_HEALTHY, *kinds), min_size=1, max_size=10)))


@dataclass(frozen=True)
class Schedule:
    """One world: who lives there, in which cages, under which weather."""

    seed: int
    animals: tuple[tuple[str, str, int], ...]
    batch_size: int
    concurrency: int
    weather: Faults


SCHEDULE = st.builds(
    Schedule,
    st.integers(0, 2**32),
    _animals(),
    st.integers(1, 10),
    st.sampled_from([2, 5]),
    WEATHERS,
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


@pytest.mark.parametrize("half", range(2))
def test_no_animal_harms_another_or_tells_a_secret(half: int) -> None:
    """Each drawn schedule keeps every promise; one that does not is shrunk and shown."""

    @seed(chance.SEED + half)
    @settings(
        max_examples=SCHEDULES // 2,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(SCHEDULE)
    def explore(schedule: Schedule) -> None:
        seen = visit(schedule)
        found = list(wrongs(seen))
        assert not found, "\n".join([*found, "", seen.world.trace.text])

    explore()

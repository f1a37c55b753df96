"""Upcasters: a person's functions from one version of a payload to the next, tried on samples.

They run in a process of their own, as they run in the worker: nothing of theirs is imported here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from generator import gate_rules
from generator.compat.keeping import dropped, twins_of
from generator.compat.sandbox import LIMITS, run
from generator.compat.trials import Trials, trials_of
from generator.contracts.comparison.differences import refusing
from generator.contracts.instances import fits, mismatches
from generator.contracts.types import NO_DEFAULT
from generator.manifest.resolved import Job
from generator.published.versions import State
from generator.render.worker_code import upcaster_path
from generator.words import joined

_MOST_HANDED_ON = 300
_UNWRITTEN = "NotImplementedError"
"""What the stub raises that `generate` writes."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying one upcaster.

    Attributes:
        number: The version that it takes.
        rule: The rule that it breaks; empty if it breaks none.
        message: How.
        uncovered: What could not be tried, a phrase each.
        made: What it made of the payloads, to be handed on to the next one.
    """

    number: int
    rule: str = ""
    message: str = ""
    uncovered: tuple[str, ...] = ()
    made: tuple[object, ...] = ()

    @property
    def function(self) -> str:
        """Its name."""
        return f"from_{self.number}"


def tried(root: Path, known: Mapping[int, Sequence[State]], new: Job) -> Iterator[Trial]:
    """Try the upcasters from every version that may still be alive, as a worker runs them.

    What one makes is given to the next. A version is known by everything that it ever accepted.

    Args:
        root: The repository whose upcasters they are.
        known: The versions before the current one, each with what it ever accepted.
        new: The job as it is now.
    """
    now = (State(new.schema, new.payload),)
    versions = [*((n, known[n]) for n in sorted(known)), (new.contract, now)]
    handed: tuple[object, ...] = ()
    for (number, states), (_, following) in pairwise(versions):
        trial = _trial(root, new, number, states, following, handed=handed)
        handed = trial.made
        yield trial


def _trial(  # noqa: PLR0913 - a step of a job's way through its versions
    root: Path,
    job: Job,
    number: int,
    states: Sequence[State],
    following: Sequence[State],
    *,
    handed: Sequence[object],
) -> Trial:
    function = Trial(number).function
    name = f"`{function}` in {upcaster_path(job.name)}"
    trials = _trials(states, following)
    documents = [*trials.documents, *handed]
    twins = [t for s in states for t in twins_of(s.payload, trials.documents)]
    every = [*documents, *(document for pair in twins for document in pair.documents)]
    module = f"handlers.upcasters.{job.module}"
    answers = run((root / "lambdas").resolve(), module, function, every, LIMITS)
    uncovered = tuple(trials.uncovered)
    if answers.unusable:
        message = f"{name} cannot be used: {answers.unusable}"
        return Trial(number, gate_rules.UPCASTER_MISSING, message, uncovered)
    for document, answer in zip(every, answers.values, strict=False):
        if str(answer.get("error", "")).startswith(_UNWRITTEN):
            message = f"{name} is not written yet: it raises {answer['error']}"
            return Trial(number, gate_rules.UPCASTER_MISSING, message, uncovered)
        fault = _fault(answer, following)
        if fault:
            shown = json.dumps(document, ensure_ascii=False)[:200]
            verb = "fails on" if "error" in answer else "makes of"
            message = f"{name} {verb} {shown}{fault}"
            return Trial(number, gate_rules.UPCASTER_FAILS, message, uncovered)
    made = tuple(answer["value"] for answer in answers.values[:_MOST_HANDED_ON])
    lost = dropped(twins, answers.values[len(documents) :], following[-1].payload)
    if lost:
        message = f"{name} drops {joined(lost)}: no value leaves a trace"
        return Trial(number, gate_rules.UPCASTER_DROPS, message, uncovered, made)
    return Trial(number, uncovered=uncovered, made=made)


def _trials(states: Sequence[State], following: Sequence[State]) -> Trials:
    """Return payloads of everything that a version accepted, and those that a change left out."""
    near = following[-1].payload
    every = Trials()
    for state in states:
        trials = trials_of(state.payload, near)
        witnesses = [found.witness() for found in refusing(state.payload, near)]
        every.documents += [*trials.documents, *(w for w in witnesses if w is not NO_DEFAULT)]
        every.uncovered += [text for text in trials.uncovered if text not in every.uncovered]
    return every


def _fault(answer: Mapping[str, object], following: Sequence[State]) -> str:
    """Return what is wrong with an answer, to be said after the payload; empty if it is right."""
    if "error" in answer:
        return f": {answer['error']}"
    if "fault" in answer:
        return f" {answer['fault']}"
    value = answer["value"]
    if any(fits(value, state.payload, tolerant=True) for state in following):
        return ""
    for path, message in mismatches(value, following[-1].payload, tolerant=True):
        whose = f"whose {'.'.join(map(str, path))}" if path else "that"
        return f" a payload {whose} {message}"
    return " a payload that cannot be read"

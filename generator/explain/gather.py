"""Put together what there is to say about a job, once for environments that agree."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.explain.fires import fires_of
from generator.explain.report import Explanation
from generator.explain.values import Origins
from generator.hearing import bearable, hearings
from generator.manifest.reading import read
from generator.manifest.timeline import timeline_of
from generator.rules.clock import now

if TYPE_CHECKING:
    from generator.manifest import model
    from generator.manifest.resolved import Worker
    from generator.manifest.source import Source
    from generator.pipeline import Examined


def explanations(
    examined: "Examined", job: str, environment: str | None = None
) -> Iterator[Explanation]:
    """Yield the explanations of a job of a right manifest.

    Args:
        examined: The manifest, without errors.
        job: A job that it has.
        environment: An environment that it has; every one if None.
    """
    assert examined.manifest is not None
    written = read(examined.source).manifest
    assert written is not None
    merged: list[Explanation] = []
    for name, workers in examined.manifest.workers.items():
        worker = next(worker for worker in workers if worker.job.name == job)
        if environment in {None, name}:
            _merge(merged, _explanation(examined.source, written, worker))
    yield from merged


def _explanation(source: "Source", written: "model.Manifest", worker: "Worker") -> Explanation:
    return Explanation(
        job=worker.job.name,
        environments=(worker.environment,),
        values=tuple(Origins(source, written, worker).values()),
        timeline=timeline_of(worker),
        fires=tuple(fires_of(schedule, now()) for schedule in worker.schedules),
        dead_letter_retention=worker.dead_letter_retention,
        hearings=tuple(hearings(worker)),
        bearable=bearable(worker),
    )


def _merge(found: list[Explanation], new: Explanation) -> None:
    """Add an explanation, to that of another environment where nothing else differs."""
    for index, known in enumerate(found):
        if replace(known, environments=()) == replace(new, environments=()):
            environments = (*known.environments, *new.environments)
            found[index] = replace(known, environments=environments)
            return
    found.append(new)

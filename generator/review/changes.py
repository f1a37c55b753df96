"""Two manifests compared: what each job was, is, gains and loses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.compat.renaming import names_now
from generator.manifest.resolved import Manifest, Worker
from generator.render.rights import rights
from generator.review import facts

Workers: TypeAlias = Mapping[str, Sequence[Worker]]
"""By environment."""

Pair: TypeAlias = tuple[str, str, Worker | None, Worker | None]
"""A name, an environment, and what stood and stands there."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that is another one now.

    Attributes:
        job: The job.
        environments: Where it is so.
        what: The value's name.
        before: What it was; empty if it was not there.
        after: What it is; empty if it is not there any more.
    """

    job: str
    environments: tuple[str, ...]
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that is gained or lost.

    Attributes:
        gained: Whether it is gained.
        what: The thing.
        environments: Where it is so.
    """

    gained: bool
    what: str
    environments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jobs:
    """Names of jobs by what happens to them, sorted; of renamed ones the former with the new."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


def jobs(old: Manifest, new: Manifest) -> Jobs:
    """Return which jobs come, change and go."""
    before, after = ({job.name for job in each.jobs} for each in (old, new))
    renamed = names_now(old, new)
    workers = _of_jobs(old, new)
    changed = {
        name
        for name, _, was, now in workers
        if was and now and _meaning(was, now) != _meaning(now, was)
    }
    came = {name for name, _, was, now in workers if was is None or now is None}
    stay = {renamed.get(name, name) for name in before} & after
    return Jobs(
        tuple(sorted(after - stay)),
        tuple(sorted((changed | came) & stay)),
        tuple(sorted(before - after - renamed.keys())),
        tuple(sorted(renamed.items())),
    )


def values(old: Manifest, new: Manifest) -> tuple[Changed, ...]:
    """Return the settings that changed, of jobs that stay."""
    return _grouped(_compared(old, new, facts.values))


def hearings(old: Manifest, new: Manifest) -> tuple[Changed, ...]:
    """Return when on-call hears of what, where that is new or changed."""
    return _grouped(_compared(old, new, facts.hears, added=True))


def moved(
    old: Manifest, new: Manifest, of: Callable[[Worker], frozenset[str]]
) -> tuple[Moved, ...]:
    """Return what is gained and lost, all of what is lost first: nobody should miss it."""
    rows: dict[tuple[bool, str], list[str]] = {}
    for _, environment, was, now in _of_names(old, new):
        before, after = (of(each) if each else frozenset[str]() for each in (was, now))
        for gained, things in ((False, before - after), (True, after - before)):
            for thing in things:
                rows.setdefault((gained, thing), []).append(environment)
    return _in_order(rows)


def secrets(old: Manifest, new: Manifest) -> tuple[Moved, ...]:
    """Return the secrets that come and go: jobs share them, each is one of its environment's."""
    rows: dict[tuple[bool, str], list[str]] = {}
    for environment in dict.fromkeys([*new.workers, *old.workers]):
        before, after = (
            {name for worker in each.workers.get(environment, ()) for name in worker.job.secrets}
            for each in (old, new)
        )
        for gained, names in ((False, before - after), (True, after - before)):
            for name in names:
                thing = f"secret {new.project}/<env>/{name}"
                rows.setdefault((gained, thing), []).append(environment)
    return _in_order(rows)


def _own(manifest: Manifest) -> Workers:
    """Return each job once in each environment, not once more for each of its former names."""
    return {
        name: [worker for worker in workers if not worker.job.served_by]
        for name, workers in manifest.workers.items()
    }


def _in_order(rows: Mapping[tuple[bool, str], list[str]]) -> tuple[Moved, ...]:
    return tuple(
        Moved(gained, thing, tuple(environments))
        for (gained, thing), environments in sorted(rows.items())
    )


def _meaning(worker: Worker, other: Worker) -> tuple[object, ...]:
    """Return what a worker is, to be compared with what another is; the name itself is not."""
    values = facts.values(worker)
    if worker.job.name != other.job.name:
        del values["renamed_from"]
    return values, frozenset(rights(worker)), worker.job.description, worker.job.schema


def _of_jobs(old: Manifest, new: Manifest) -> list[Pair]:
    """Return each job in each environment as it was, under the name it had, and as it is."""
    return _paired(_own(old), _own(new), names_now(old, new))


def _of_names(old: Manifest, new: Manifest) -> list[Pair]:
    """Return what stands in each environment under each name, former ones among them."""
    return _paired(old.workers, new.workers, {})


def _paired(before: Workers, after: Workers, renamed: Mapping[str, str]) -> list[Pair]:
    was, now = (
        {
            (names.get(worker.job.name, worker.job.name), environment): worker
            for environment, workers in each.items()
            for worker in workers
        }
        for each, names in ((before, renamed), (after, {}))
    )
    return [(*place, was.get(place), now.get(place)) for place in dict.fromkeys([*now, *was])]


def _compared(
    old: Manifest,
    new: Manifest,
    of: Callable[[Worker], Mapping[str, str]],
    *,
    added: bool = False,
) -> Iterator[Changed]:
    for job, environment, was, now in _of_jobs(old, new):
        if now is None or (was is None and not added):
            continue
        before, after = of(was) if was else {}, of(now)
        for what in dict.fromkeys([*after, *before]):
            if before.get(what) != after.get(what):
                yield Changed(job, (environment,), what, before.get(what, ""), after.get(what, ""))


def _grouped(found: Iterable[Changed]) -> tuple[Changed, ...]:
    """Join what is the same in several environments."""
    rows: dict[tuple[str, str, str, str], list[str]] = {}
    for each in found:
        key = (each.job, each.what, each.before, each.after)
        rows.setdefault(key, []).extend(each.environments)
    return tuple(
        Changed(job, tuple(environments), what, before, after)
        for (job, what, before, after), environments in rows.items()
    )

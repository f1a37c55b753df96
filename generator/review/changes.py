"""Two manifests compared: what each job was, is, gains and loses."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.manifest.resolved import Manifest, Worker
from generator.review import facts


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
    """Names of jobs by what happens to them, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def jobs(old: Manifest, new: Manifest) -> Jobs:
    """Return which jobs come, change and go."""
    before, after = ({job.name: job for job in each.jobs} for each in (old, new))
    workers = _pairs(old, new)
    changed = {
        name
        for name, _, was, now in workers
        if was and now and (_meaning(was) != _meaning(now) or was.job.schema != now.job.schema)
    }
    came = {name for name, _, was, now in workers if was is None or now is None}
    both = before.keys() & after.keys()
    return Jobs(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted((changed | came) & both)),
        tuple(sorted(before.keys() - after.keys())),
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
    for _, environment, was, now in _pairs(old, new):
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


def _in_order(rows: Mapping[tuple[bool, str], list[str]]) -> tuple[Moved, ...]:
    return tuple(
        Moved(gained, thing, tuple(environments))
        for (gained, thing), environments in sorted(rows.items())
    )


def _meaning(worker: Worker) -> tuple[object, ...]:
    return facts.values(worker), facts.rights(worker), worker.job.description


def _pairs(old: Manifest, new: Manifest) -> list[tuple[str, str, Worker | None, Worker | None]]:
    """Return each job in each environment as it was and is."""
    before, after = (
        {(w.job.name, name): w for name, workers in each.workers.items() for w in workers}
        for each in (old, new)
    )
    places = dict.fromkeys([*after, *before])
    return [(job, name, before.get((job, name)), after.get((job, name))) for job, name in places]


def _compared(
    old: Manifest,
    new: Manifest,
    of: Callable[[Worker], Mapping[str, str]],
    *,
    added: bool = False,
) -> Iterator[Changed]:
    for job, environment, was, now in _pairs(old, new):
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

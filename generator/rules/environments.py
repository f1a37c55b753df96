"""Overrides for environments that do not exist."""

from collections.abc import Iterable, Iterator

from generator.rules.registry import Violation, Whole, whole_rule
from generator.words import did_you_mean, joined

_ALIKE = (
    frozenset({"prod", "production", "prd", "live", "main"}),
    frozenset({"dev", "development", "develop", "devel"}),
    frozenset({"staging", "stage", "stg", "preprod", "preproduction", "uat"}),
    frozenset({"test", "testing", "qa", "tst"}),
    frozenset({"local", "localhost", "localstack"}),
)

_FOR_TRIAL = frozenset({"sandbox", "demo", "ci", "preview"}).union(
    *(group for group in _ALIKE if group & {"dev", "test", "local"})
)
"""Environments in which nobody waits for anything."""


def is_for_trial(environment: str) -> bool:
    """Say whether an environment, by its name, is there to try things out."""
    return environment.lower() in _FOR_TRIAL


@whole_rule(
    "unknown-environment",
    what="What is said about an environment is about one that is listed.",
    why="It would be ignored without a word, and the environment would run with other values.",
    remedy="list it under `environments`, or correct its name",
    source="the manifest's own form",
)
def unknown_environment(whole: Whole) -> Iterator[Violation]:
    """Judge the keys of every `environments` map, and of `budget`."""
    written = whole.written
    known = dict.fromkeys(written.environments)
    places: list[tuple[tuple[str, ...], str]] = [
        (("defaults", "environments", name), name) for name in written.defaults.environments
    ]
    places += [
        (("jobs", job, "environments", name), name)
        for job, settings in written.jobs.items()
        for name in settings.environments
    ]
    places += [(("budget", name), name) for name in written.budget]
    for where, name in places:
        if name not in known:
            hint = _meant(name, known) or did_you_mean(name, known) or f"listed are {joined(known)}"
            yield Violation(where, f"`{name}` is not an environment", hint, key=True)


def _meant(name: str, known: Iterable[str]) -> str:
    """Return which listed environment goes by another name elsewhere."""
    group = next((words for words in _ALIKE if name.lower() in words), frozenset())
    same = [word for word in known if word.lower() in group]
    return f"write `{same[0]}`" if same else ""

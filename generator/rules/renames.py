"""The names that jobs had before."""

from collections.abc import Iterator

from generator.manifest.names import LONGEST_SUFFIX, base_name
from generator.rules.limits import LONGEST_ROLE
from generator.rules.names import KEBAB
from generator.rules.registry import Violation, Whole, whole_rule


@whole_rule(
    "renamed-from",
    what="A former name is one that a job can have, and nobody else has or had.",
    why="Its queues stand under that name, and so do the keys of everything that was done.",
    remedy="write the name as it was, once, and under the job that has its work now",
    source="our own names: a queue is made for each job and each former name",
)
def renamed_from(whole: Whole) -> Iterator[Violation]:
    """Judge the former names of all jobs together."""
    owners = {name: name for name in whole.written.jobs}
    for owner, job in whole.written.jobs.items():
        for index, former in enumerate(job.renamed_from):
            where = ("jobs", owner, "renamed_from", index, "name")
            names = [
                base_name(whole.written.project, environment, former.name) + LONGEST_SUFFIX
                for environment in whole.written.environments
            ]
            if not KEBAB.fullmatch(former.name) or former.name.endswith("-dlq"):
                yield Violation(where, f'"{former.name}" cannot have been a job\'s name')
            elif former.name in owners:
                whose = "a job is called" if owners[former.name] == former.name else "another was"
                yield Violation(where, f"{whose} `{former.name}` already")
            elif any(len(name) > LONGEST_ROLE for name in names):
                yield Violation(where, f"`{former.name}` is too long to have been deployed")
            owners.setdefault(former.name, owner)

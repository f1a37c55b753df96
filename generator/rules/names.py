"""Names: what AWS takes, how long, and who else has them."""

import re
from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.names import LONGEST_BUCKET_SUFFIX, LONGEST_SUFFIX
from generator.manifest.resolved import Job, Worker
from generator.rules.limits import (
    LONGEST_BUCKET,
    LONGEST_OWNER,
    LONGEST_ROLE,
    LONGEST_SCHEDULE,
    LONGEST_SECRET,
)
from generator.rules.registry import Violation, Whole, job_rule, whole_rule, worker_rule
from generator.words import repeats, shown

KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z][a-z0-9]*")
_SCHEDULE = re.compile(r"[0-9A-Za-z._-]+")
_SECRET = re.compile(r"[A-Za-z0-9/_+=.@-]+")

_TAG = " _.:/=+-@"

_BUCKETS_OF_S3 = ("sthree-", "amzn-s3-demo-")
"""What no bucket's name may begin with; `xn--` no project's name does."""

_TAKEN = {
    "platform": 'the environments\' own `module "platform"` has this label',
    "upcasters": "`handlers/upcasters` holds what brings older messages up to date",
}


@whole_rule(
    "project-name",
    what="The project's name is lower-case words joined by hyphens.",
    why="It begins the name of every resource, in the characters that all of them allow.",
    remedy="use lower-case letters, digits and single hyphens, such as `my-shop`",
    source="our own names: the characters that every resource allows",
)
def project_name(whole: Whole) -> Iterator[Violation]:
    """Judge the project's name."""
    if not KEBAB.fullmatch(whole.written.project):
        yield Violation(("project",), f'"{whole.written.project}" is not a usable project name')


@whole_rule(
    "bucket-name",
    what="The buckets that are named after project, environment and account can be made.",
    why="S3 takes 63 characters and keeps some beginnings to itself: the first `make bootstrap` "
    "would be refused.",
    remedy="shorten the project's name",
    source="S3 user guide: general purpose bucket naming rules",
)
def bucket_name(whole: Whole) -> Iterator[Violation]:
    """Judge the longest bucket of every environment, by a made-up account."""
    project = whole.written.project
    if project.startswith(_BUCKETS_OF_S3):
        message = f'S3 takes no bucket whose name begins as "{project}" does'
        yield Violation(("project",), message, "begin the project's name with another word")
        return
    for environment in whole.written.environments:
        longest = f"{project}-{environment}{LONGEST_BUCKET_SUFFIX}"
        if len(longest) > LONGEST_BUCKET:
            message = (
                f"`{longest}` has {len(longest)} characters, a bucket may have {LONGEST_BUCKET}"
            )
            yield Violation(("project",), message)
            return


@whole_rule(
    "environment-name",
    what="An environment is one lower-case word, listed once.",
    why="With a hyphen in it, two jobs of two environments could get one name.",
    remedy="use one lower-case word, such as `dev`",
    source="our own names: the characters that every resource allows",
)
def environment_name(whole: Whole) -> Iterator[Violation]:
    """Judge the environments' names."""
    seen: set[str] = set()
    for index, name in enumerate(whole.written.environments):
        if not _WORD.fullmatch(name):
            yield Violation(("environments", index), f'"{name}" is not a usable environment name')
        elif name in seen:
            yield Violation(("environments", index), f"`{name}` is listed twice", "list it once")
        seen.add(name)


@job_rule(
    "job-name",
    what="A job's name is lower-case words joined by hyphens, and nobody else's.",
    why="It becomes part of queue, function, role and file names.",
    remedy="use lower-case letters, digits and single hyphens, such as `send-receipt`",
    source="our own names: the characters that every resource allows",
)
def job_name(job: Job) -> Iterator[Violation]:
    """Judge a job's name."""
    where = ("jobs", job.name)
    if not KEBAB.fullmatch(job.name):
        better = _kebab(job.name)
        hint = f"write `{better}`" if better else ""
        yield Violation(where, f'"{job.name}" is not a usable job name', hint, key=True)
    elif job.name in _TAKEN:
        yield Violation(where, f"`{job.name}` is taken: {_TAKEN[job.name]}", "rename it", key=True)
    elif job.name.endswith("-dlq"):
        message = f"`{job.name}` ends like the name of a dead-letter queue"
        yield Violation(where, message, "leave `-dlq` off", key=True)


def _kebab(name: str) -> str:
    """Return a name in words joined by hyphens; empty if nothing usable is left of it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    joined = re.sub(r"[^a-z0-9]+", "-", words).strip("-0123456789")
    return joined if KEBAB.fullmatch(joined) else ""


@worker_rule(
    "name-length",
    what="Every name made from project, environment and job fits its resource.",
    why="IAM and Lambda refuse a name of more than 64 characters, at apply and not before.",
    remedy="shorten the job's name",
    source="botocore: iam, roleNameType; lambda, FunctionName",
)
def name_length(worker: Worker) -> Iterator[Violation]:
    """Judge the longest name that is made for a job."""
    longest = worker.base + LONGEST_SUFFIX
    if len(longest) > LONGEST_ROLE:
        message = f"`{longest}` has {len(longest)} characters, a role may have {LONGEST_ROLE}"
        yield Violation(("jobs", worker.job.name), message, key=True)


@worker_rule(
    "schedule-name",
    what="A schedule's name is unique in the environment's group, short and plain.",
    why="EventBridge Scheduler refuses other characters and more than 64 of them, job included.",
    remedy="use a short word, such as `nightly`",
    source="botocore: scheduler, Name",
)
def schedule_name(worker: Worker) -> Iterator[Violation]:
    """Judge the names of a job's schedules."""
    seen: set[str] = set()
    for schedule in worker.schedules:
        where = (*schedule.where, "name")
        full = f"{worker.job.name}-{schedule.name}"
        if not _SCHEDULE.fullmatch(schedule.name):
            yield Violation(where, f'"{schedule.name}" is not a usable schedule name')
        elif len(full) > LONGEST_SCHEDULE:
            message = f"`{full}` has {len(full)} characters, a schedule may have {LONGEST_SCHEDULE}"
            yield Violation(where, message)
        elif schedule.name in seen:
            message = f"the job has two schedules named `{schedule.name}`"
            yield Violation(where, message, "rename one of them")
        seen.add(schedule.name)


@whole_rule(
    "schedule-name-collision",
    what="No two jobs' schedules end up with one name.",
    why="A schedule is named after job and schedule: `a` with `b-c` and `a-b` with `c` collide.",
    remedy="rename one of the schedules",
    source="EventBridge Scheduler: names are unique in their group",
)
def schedule_name_collision(whole: Whole) -> Iterator[Violation]:
    """Judge the schedules of each environment together."""
    for workers in whole.resolved.workers.values():
        owners: dict[str, str] = {}
        for worker in workers:
            for schedule in worker.schedules:
                full = f"{worker.job.name}-{schedule.name}"
                owner = owners.setdefault(full, worker.job.name)
                if owner != worker.job.name:
                    message = f"a schedule of `{owner}` is named `{full}` too"
                    yield Violation((*schedule.where, "name"), message)


@whole_rule(
    "secret-name",
    what="A secret's name has the characters of Secrets Manager.",
    why="It refuses other names.",
    remedy="use letters, digits and hyphens, such as `crm-api-key`",
    source="botocore: secretsmanager, CreateSecret Name",
)
def secret_name(whole: Whole) -> Iterator[Violation]:
    """Judge the names of every job's secrets."""
    for owner, job in whole.written.jobs.items():
        repeated = set(repeats(job.secrets))
        for index, name in enumerate(job.secrets):
            where = ("jobs", owner, "secrets", index)
            if not _SECRET.fullmatch(name) or len(name) > LONGEST_SECRET:
                yield Violation(where, f'"{name}" is not a usable secret name')
            elif index in repeated:
                yield Violation(where, f"`{name}` is listed twice", "list it once")


@job_rule(
    "owner-tag",
    what="The owner is text that a tag can hold.",
    why="It becomes the `Owner` tag of every resource and the last line of every alarm: AWS "
    "refuses other characters at apply, and the modules more than 200 of them.",
    remedy="use at most 200 letters, digits, spaces and _.:/=+-@, such as `growth`",
    source="botocore: lambda, TagValue; IAM tag pattern",
)
def owner_tag(job: Job) -> Iterator[Violation]:
    """Judge the owner as the value of a tag."""
    usable = all(char.isalpha() or char.isdigit() or char in _TAG for char in job.owner)
    if not usable or len(job.owner) > LONGEST_OWNER:
        yield Violation(("jobs", job.name, "owner"), f"{shown(job.owner)} is not a usable owner")


@whole_rule(
    "job-name-similar",
    what="Job names differ in more than their hyphens.",
    why="`sendmail` and `send-mail` become one class name, and people take one for the other.",
    remedy="rename one of them",
    source="our own advice",
    severity=Severity.WARNING,
)
def job_name_similar(whole: Whole) -> Iterator[Violation]:
    """Judge the names of all jobs together."""
    seen: dict[str, str] = {}
    for job in whole.resolved.jobs:
        other = seen.setdefault(job.name.replace("-", ""), job.name)
        if other != job.name:
            where = ("jobs", job.name)
            yield Violation(where, f"`{job.name}` and `{other}` read alike", key=True)

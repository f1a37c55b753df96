"""What must not be seen: secrets, and payload fields that are marked as sensitive."""

import re
from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.resolved import Job, Worker
from generator.rules.registry import Violation, job_rule, worker_rule

_SUFFIX = re.compile(r".*-[A-Za-z0-9]{6}")
_TELLING = re.compile(
    r"(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PRIVATE_KEY|API_?KEY|CREDENTIALS?)(?:_|$)"
)


@job_rule(
    "secret-suffix",
    what="A secret's name does not end with a hyphen and six characters.",
    why="Secrets Manager adds such an end to the ARN, so a lookup by name could find another one.",
    remedy="choose another ending, such as `-key`",
    source="botocore: secretsmanager, CreateSecret Name",
    severity=Severity.WARNING,
)
def secret_suffix(job: Job) -> Iterator[Violation]:
    """Judge the ends of secrets' names."""
    for name in job.secrets:
        if _SUFFIX.fullmatch(name):
            message = f'"{name}" ends like an ARN of Secrets Manager'
            yield Violation(("jobs", job.name, "secrets"), message)


@worker_rule(
    "secret-in-variable",
    what="No environment variable is named like a secret.",
    why="Variables stand here, in Terraform's state and in Lambda's console, for all to read.",
    remedy="list it under `secrets` and read it with `context.secret(name)`",
    source="Lambda developer guide, environment variables",
    severity=Severity.WARNING,
)
def secret_in_variable(worker: Worker) -> Iterator[Violation]:
    """Judge the names of variables."""
    for name in worker.variables:
        if _TELLING.search(name.upper()):
            where = worker.where(f"variables.{name}")
            yield Violation(where, f"`{name}` looks like a secret", key=True)


@worker_rule(
    "schedule-payload-sensitive",
    what="A schedule's payload holds no sensitive field.",
    why="The payload stands in this file and in Terraform's state, for all to read.",
    remedy="let the handler look the value up",
    source="our own advice",
    severity=Severity.WARNING,
)
def schedule_payload_sensitive(worker: Worker) -> Iterator[Violation]:
    """Judge the payloads of schedules by the job's marks."""
    for schedule in worker.schedules:
        for field in worker.job.payload.fields:
            if field.sensitive and field.name in schedule.payload:
                where = (*schedule.where, "payload", field.name)
                yield Violation(where, f"`{field.name}` is sensitive", key=True)

"""What the modules make of a worker, with everything that only Terraform knows at its longest.

The modules write it, in `modules/worker`; a test compares both.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.manifest.resolved import Reference, Text, Worker
from generator.manifest.timeline import max_receives
from generator.rules.registry import Whole

PARTITION = "aws-us-gov"
REGION = "ap-southeast-2"
ACCOUNT = "9" * 12
_REFERENCES = {Reference.ACCOUNT: ACCOUNT, Reference.REGION: REGION}
_SUFFIX = "-XXXXXX"
"""Secrets Manager adds as much to a secret's ARN."""

_DELAYED_NAME = 31
"""Characters of a job's name that the name of a delayed message's schedule begins with."""


def largest(whole: Whole, size: Callable[[Worker], int]) -> Iterator[tuple[Worker, int]]:
    """Yield each job once, in the environment where something about it is largest, and how large.

    What is too large in one environment is seldom right in the others; it is said once.
    """
    for workers in zip(*whole.resolved.workers.values(), strict=True):
        if workers[0].job.served_by:
            continue
        sizes = [size(worker) for worker in workers]
        yield workers[sizes.index(max(sizes))], max(sizes)


def text(parts: Text) -> str:
    """Return a text of the manifest with its references filled in."""
    return "".join(_REFERENCES[p] if isinstance(p, Reference) else p for p in parts)


def environment(worker: Worker) -> dict[str, str]:
    """Return the environment variables that a worker's function gets."""
    job, base = worker.job, worker.base.removesuffix(worker.job.name)
    queue = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{worker.base}"
    sending = {
        "JOBS_ENQUEUES": ",".join(job.enqueues),
        "JOBS_QUEUE_BASE_URL": queue.removesuffix(job.name),
        "JOBS_QUEUE_BASE_ARN": _arn("sqs", base),
        "JOBS_SCHEDULE_GROUP": f"{base}delayed",
        "JOBS_SCHEDULE_ROLE_ARN": _arn("iam", f"role/{base}delayed"),
    }
    return {
        **{name: text(parts) for name, parts in worker.variables.items()},
        **(sending if job.enqueues else {}),
        **({} if job.record_name == job.name else {"JOB_RECORD_NAME": job.record_name}),
        "JOB_NAME": job.name,
        "JOB_ENVIRONMENT": worker.environment,
        "JOB_QUEUE_URL": queue,
        "JOB_DEAD_LETTER_QUEUE_URL": f"{queue}-dlq",
        "JOB_MAX_ATTEMPTS": str(worker.max_attempts),
        "JOB_MAX_RECEIVES": str(max_receives(worker)),
        "JOB_MESSAGE_RETENTION": str(worker.message_retention),
        "JOB_BACKOFF_BASE": str(worker.backoff.base),
        "JOB_BACKOFF_CAP": str(worker.backoff.cap),
        "JOB_VISIBILITY_TIMEOUT": str(worker.visibility_timeout),
        "JOB_RECORD_RETENTION": str(worker.record_retention),
        **({"JOB_ON_CONFLICT": job.on_conflict} if job.on_conflict != "tell" else {}),
        "JOB_SECRETS": _encoded({name: _secret(base, name) for name in job.secrets}),
        "JOBS_TABLE": f"{base}records",
        "JOBS_SOURCE": f"{base.replace('-', '/')}{job.name}",
        "POWERTOOLS_SERVICE_NAME": job.name,
        "POWERTOOLS_METRICS_NAMESPACE": f"{base}Jobs",
        "POWERTOOLS_LOG_LEVEL": worker.log_level,
    }


def policy(worker: Worker) -> str:
    """Return the inline policy of a worker's role, as far as the manifest decides on it.

    A key or a network of the environment adds to it; the module refuses what is too long then.
    """
    return _encoded({"Version": "2012-10-17", "Statement": list(_statements(worker))})


def counted(document: str) -> int:
    """Return how many characters of a policy IAM counts: white space is free."""
    return len(re.sub(r"\s", "", document))


def _statements(worker: Worker) -> Iterator[Mapping[str, Any]]:
    job, base = worker.job, worker.base.removesuffix(worker.job.name)
    own = _arn("sqs", worker.base)
    receiving = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility")
    yield _allowed("WorkOwnQueue", [f"sqs:{action}" for action in receiving], [own])
    yield _allowed("SendOwnQueues", ["sqs:SendMessage"], [f"{own}-dlq", own])
    log = _arn("logs", f"log-group:/aws/lambda/{worker.base}:*")
    yield _allowed("WriteOwnLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log])
    yield _allowed("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"])
    keeping = [f"dynamodb:{action}Item" for action in ("Get", "Put", "Update", "Delete")]
    yield {
        **_allowed("KeepOwnRecords", keeping, [_arn("dynamodb", f"table/{base}records")]),
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{job.name}#*"]},
            "Null": {"dynamodb:LeadingKeys": "false"},
        },
    }
    if job.enqueues:
        yield from _sending(base, job.enqueues)
    if job.secrets:
        arns = [_secret(base, name) for name in job.secrets]
        yield _allowed("ReadOwnSecrets", ["secretsmanager:GetSecretValue"], arns)
    for index, granted in enumerate(worker.statements):
        resources = [text(resource) for resource in granted.resources]
        conditions: dict[str, dict[str, list[str]]] = {}
        for found in granted.conditions:
            values = [text(value) for value in found.values]
            conditions.setdefault(found.operator, {})[found.key] = values
        allowed = _allowed(f"Granted{index}", list(granted.actions), resources)
        yield {**allowed, "Condition": conditions} if conditions else allowed


def _sending(base: str, targets: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    yield _allowed("Enqueue", ["sqs:SendMessage"], [_arn("sqs", base + name) for name in targets])
    marks = "?" * 32
    yield _allowed(
        "ScheduleDelayed",
        ["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:DeleteSchedule"],
        [
            _arn("scheduler", f"schedule/{base}delayed/{name[:_DELAYED_NAME]}-{marks}")
            for name in targets
        ],
    )
    yield {
        **_allowed("LendRole", ["iam:PassRole"], [_arn("iam", f"role/{base}delayed")]),
        "Condition": {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
    }


def _allowed(sid: str, actions: list[str], resources: list[str]) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources}


def _arn(service: str, rest: str) -> str:
    region = "" if service == "iam" else REGION
    return f"arn:{PARTITION}:{service}:{region}:{ACCOUNT}:{rest}"


def _secret(base: str, name: str) -> str:
    # Named `project/environment/name`, which is as long.
    return _arn("secretsmanager", f"secret:{base}{name}{_SUFFIX}")


def _encoded(value: object) -> str:
    """Return JSON as Terraform's `jsonencode` writes it."""
    document = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        document = document.replace(char, f"\\u{ord(char):04x}")
    return document

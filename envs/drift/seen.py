"""What AWS says of a job: read-only calls, a thing at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from envs.deploy.live import ALIAS
from envs.drift.expected import MAPPING, NUMBER, TOLD, Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envs.desk.place import Place
    from generator.manifest.resolved import Worker

GONE = "not there"
_MISSING = frozenset(
    {
        "AWS.SimpleQueueService.NonExistentQueue",
        "QueueDoesNotExist",
        "ResourceNotFound",
        "ResourceNotFoundException",
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a job.

    Attributes:
        facts: Values, as `expected` names them; a place that is not there has one without a name.
        inputs: What each schedule sends, by the schedule's name.
        reason: Why the mapping is in its state, in Lambda's words.
        code: SHA-256 of the code behind `live`, as Lambda writes it; empty if there is none.
    """

    facts: Facts
    inputs: Mapping[str, object]
    reason: str
    code: str


def look(place: Place, worker: Worker) -> Seen:
    """Ask AWS for everything about a job.

    Raises:
        ClientError: It may not be asked, or does not answer.
    """
    facts: Facts = {}
    reason = _mapping(place, worker, facts)
    _queue(place, worker.job.name, facts)
    code = _function(place, worker, facts)
    inputs = {s.name: _schedule(place, worker, s.name, facts) for s in worker.schedules}
    _alarms(place, worker, facts)
    return Seen(facts, inputs, reason, code)


def _mapping(place: Place, worker: Worker, facts: Facts) -> str:
    arn = f"arn:aws:sqs:{place.region}:{place.account_id}:{worker.base}"
    pages = place.client("lambda").get_paginator("list_event_source_mappings")
    all_ = [m for p in pages.paginate(EventSourceArn=arn) for m in p["EventSourceMappings"]]
    # A second one, of whichever function, takes messages away from the first.
    facts[NUMBER] = str(len(all_))
    own = f":function:{worker.base}:{ALIAS}"
    for found in sorted(all_, key=lambda mapping: not mapping["FunctionArn"].endswith(own)):
        limit = found.get("ScalingConfig", {}).get("MaximumConcurrency", "none")
        facts[MAPPING] = found.get("State", "")
        facts["mapping", "maximum_concurrency"] = str(limit)
        facts["mapping", "batch_size"] = str(found.get("BatchSize", ""))
        facts["mapping", "batch_window"] = str(found.get("MaximumBatchingWindowInSeconds", 0))
        facts["mapping", "starts"] = found["FunctionArn"].rpartition(":")[2]
        facts["mapping", "failures"] = ", ".join(found.get("FunctionResponseTypes", ()))
        return str(found.get("StateTransitionReason", ""))
    facts["mapping", ""] = GONE
    return ""


def _queue(place: Place, job: str, facts: Facts) -> None:
    found = _attributes(place, place.queue_url(job))
    if not found:
        facts["queue", ""] = GONE
        return
    policy = json.loads(found.get("RedrivePolicy", "{}"))
    target = str(policy.get("deadLetterTargetArn", GONE)).rpartition(":")[2]
    facts["queue", "visibility_timeout"] = found["VisibilityTimeout"]
    facts["queue", "message_retention"] = found["MessageRetentionPeriod"]
    facts["queue", "delay"] = found["DelaySeconds"]
    facts["queue", "redrive"] = f"{target} after {policy.get('maxReceiveCount')} receives"
    letters = _attributes(place, place.letters_url(job))
    facts["dead-letter queue", "message_retention"] = letters.get("MessageRetentionPeriod", GONE)


def _attributes(place: Place, url: str) -> Mapping[str, str]:
    try:
        answer = place.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    except ClientError as error:
        if error.response["Error"]["Code"] in _MISSING:
            return {}
        raise
    found: Mapping[str, str] = answer["Attributes"]
    return found


def _function(place: Place, worker: Worker, facts: Facts) -> str:
    functions = place.client("lambda")
    try:
        latest = functions.get_function_configuration(FunctionName=worker.base)
        live = functions.get_function_configuration(FunctionName=worker.base, Qualifier=ALIAS)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _MISSING:
            raise
        facts["function", ""] = GONE
        return ""
    same = latest["CodeSha256"] == live["CodeSha256"]
    facts["function", "timeout"] = str(live["Timeout"])
    facts["function", "memory_size"] = str(live["MemorySize"])
    facts["function", "code of $LATEST"] = "what live runs" if same else latest["CodeSha256"]
    return str(live["CodeSha256"])


def _schedule(place: Place, worker: Worker, name: str, facts: Facts) -> object:
    """Note a schedule; return what it sends."""
    full = f"{worker.job.name}-{name}"
    try:
        found: Any = place.client("scheduler").get_schedule(GroupName=place.base, Name=full)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _MISSING:
            raise
        facts[f"schedule {name}", ""] = GONE
        return None
    facts[f"schedule {name}", "state"] = found["State"]
    facts[f"schedule {name}", "expression"] = found["ScheduleExpression"]
    facts[f"schedule {name}", "timezone"] = found.get("ScheduleExpressionTimezone", "UTC")
    try:
        return json.loads(found.get("Target", {}).get("Input", "null"))
    except ValueError:
        return found["Target"]["Input"]


def _alarms(place: Place, worker: Worker, facts: Facts) -> None:
    topic = f"arn:aws:sns:{place.region}:{place.account_id}:{place.base}-on-call"
    prefix = f"{worker.base}-"
    pages = place.client("cloudwatch").get_paginator("describe_alarms")
    for page in pages.paginate(AlarmNamePrefix=prefix):
        for found in page.get("MetricAlarms", ()):
            name = f"alarm {found['AlarmName'].removeprefix(prefix)}"
            told = topic in found.get("AlarmActions", ()) and found.get("ActionsEnabled", True)
            facts[name, "action"] = TOLD if told else "nobody is told"

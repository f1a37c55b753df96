"""What should run and does not: mappings and schedules that are off, too little concurrency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.doctor.finding import Finding, judged
from generator.rules.limits import UNRESERVED

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

    from envs.doctor.subject import Subject


def concurrency(functions: LambdaClient, subject: Subject) -> Finding:
    """Compare the account's quota with what all jobs may run at once, and what they reserve."""
    limits = functions.get_account_settings()["AccountLimit"]
    quota = limits["ConcurrentExecutions"]
    wanted = sum(worker.most_at_once for worker in subject.workers)
    kept = sum(worker.reserved_concurrency or 0 for worker in subject.workers)
    told = f"the jobs may run {wanted} at once, the account {quota}"
    if kept:
        told += f"; {kept} are reserved, {UNRESERVED} can never be"
    return judged(
        "concurrency",
        told if wanted > quota or (kept and kept > quota - UNRESERVED) else "",
        told,
        "lower `concurrency` or `reserved_concurrency` of some jobs, or ask for more under "
        "Service Quotas, Lambda",
    )


def mappings(functions: LambdaClient, subject: Subject) -> Finding:
    """Look whether every queue is taken from."""
    wrong = []
    for worker in subject.workers:
        queue = f"arn:aws:sqs:{subject.region}:{subject.account_id}:{worker.base}"
        pages = functions.get_paginator("list_event_source_mappings").paginate(EventSourceArn=queue)
        found = [entry for page in pages for entry in page["EventSourceMappings"]]
        if not found:
            wrong.append(f"{worker.base} has none")
        wrong += [
            f"{worker.base} is {entry['State']} ({entry.get('StateTransitionReason', 'no reason')})"
            for entry in found
            if entry["State"] not in {"Enabled", "Creating", "Enabling", "Updating"}
        ]
    return judged(
        "mappings",
        "; ".join(wrong),
        f"{len(subject.workers)} queues are taken from",
        "if nobody paused the job: aws lambda update-event-source-mapping --enabled --uuid ...",
    )


def schedules(scheduler: EventBridgeSchedulerClient, subject: Subject) -> Finding:
    """Look whether the schedules that should fire are there and on."""
    pages = scheduler.get_paginator("list_schedules").paginate(GroupName=subject.base)
    states = {entry["Name"]: entry["State"] for page in pages for entry in page["Schedules"]}
    wanted = [
        f"{worker.job.name}-{schedule.name}"
        for worker in subject.workers
        for schedule in worker.schedules
        if schedule.enabled
    ]
    wrong = [
        f"{name} is {states.get(name, 'missing')}"
        for name in wanted
        if states.get(name) != "ENABLED"
    ]
    return judged(
        "schedules",
        "; ".join(wrong),
        f"{len(wanted)} are on",
        "`make plan` shows what was changed by hand; `make deploy` puts it back",
    )

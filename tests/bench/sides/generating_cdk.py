"""AWS CDK for Python: `... generating_cdk JOBS FOLDER`, in the peers' environment.

For each job a queue, a dead-letter queue, a function, a mapping, a schedule and three alarms.
"""

from __future__ import annotations

import sys

import aws_cdk as cdk  # type: ignore[import-not-found] # it is in the peers' environment
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as functions
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs

from tests.bench.shop import names


def add(stack: cdk.Stack, name: str) -> None:
    """Add one job."""
    letters = sqs.Queue(stack, f"{name}-dlq", retention_period=cdk.Duration.days(14))
    queue = sqs.Queue(
        stack,
        f"{name}-queue",
        visibility_timeout=cdk.Duration.seconds(180),
        dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=15, queue=letters),
    )
    function = functions.Function(
        stack,
        f"{name}-function",
        runtime=functions.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=functions.Code.from_inline("def handler(event, context): ..."),
        timeout=cdk.Duration.seconds(30),
        environment={"SITE_BUCKET": "shop-site", "LEVEL": "info"},
    )
    function.add_event_source(sources.SqsEventSource(queue, max_concurrency=2))
    events.Rule(
        stack,
        f"{name}-nightly",
        schedule=events.Schedule.expression("cron(20 4 * * ? *)"),
        targets=[targets.LambdaFunction(function)],
    )
    for kind, metric in (
        ("errors", function.metric_errors()),
        ("letters", letters.metric_approximate_number_of_messages_visible()),
        ("age", queue.metric_approximate_age_of_oldest_message()),
    ):
        cloudwatch.Alarm(stack, f"{name}-{kind}", metric=metric, threshold=1, evaluation_periods=1)


def main(jobs: int, folder: str) -> None:
    """Write the template."""
    app = cdk.App(outdir=folder, context={"@aws-cdk/core:stackResourceLimit": 0})
    stack = cdk.Stack(app, "shop")
    for name in names(jobs):
        add(stack, name)
    app.synth(skip_validation=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

"""Hard errors of the manifest, given straight to Terraform: to plain resources, to our module."""

import json
from dataclasses import dataclass

ROLE = "arn:aws:iam::123456789012:role/r"
QUEUE = "arn:aws:sqs:eu-west-1:123456789012:q"
FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f"
FUNCTION_WITH = "function = merge(var.function, {{ {} }})"


@dataclass(frozen=True, slots=True)
class Case:
    """One value that a rule refuses.

    Attributes:
        rule: The rule, whose bad fixture holds the value.
        written: How the fixture writes it.
        resource: The same value in a resource; empty where no resource has it.
        module: The same value as an input of `modules/job`.
        validates: Whether `terraform validate` lets the resource pass.
        accepted: Whether the module plans it all the same.
    """

    rule: str
    written: str
    resource: str
    module: str
    validates: bool = True
    accepted: bool = False


def function(body: str) -> str:
    """Return a Lambda function."""
    return (
        'resource "aws_lambda_function" "NAME" {\n  function_name = "f"\n'
        f'  role = "{ROLE}"\n  s3_bucket = "b"\n  s3_key = "k"\n'
        f'  handler = "m.f"\n  runtime = "python3.13"\n{body}\n}}'
    )


def mapping(body: str) -> str:
    """Return an event source mapping."""
    return (
        'resource "aws_lambda_event_source_mapping" "NAME" {\n'
        f'  event_source_arn = "{QUEUE}"\n  function_name = "f"\n{body}\n}}'
    )


def queue(body: str) -> str:
    """Return a queue."""
    return f'resource "aws_sqs_queue" "NAME" {{\n  name = "q"\n{body}\n}}'


def redrive(receives: int) -> str:
    """Return a queue's way to its dead-letter queue."""
    text = f'{{ deadLetterTargetArn = "{QUEUE}", maxReceiveCount = {receives} }}'
    return f"  redrive_policy = jsonencode({text})"


def schedule(expression: str, zone: str = "Europe/Berlin", payload: str = "{}") -> tuple[str, str]:
    """Return a schedule as a resource and as an input of the module."""
    text = json.dumps(payload)
    resource = (
        'resource "aws_scheduler_schedule" "NAME" {\n  name = "s"\n'
        f'  schedule_expression = "{expression}"\n  schedule_expression_timezone = "{zone}"\n'
        '  flexible_time_window {\n    mode = "OFF"\n  }\n'
        f'  target {{\n    arn = "{FUNCTION}"\n    role_arn = "{ROLE}"\n'
        f"    input = {text}\n  }}\n}}"
    )
    inputs = f'{{ s = {{ expression = "{expression}", timezone = "{zone}", payload = {text} }} }}'
    return resource, f"schedules = {inputs}"


def policy(action: str, resource: str = "arn:aws:s3:::receipts/*") -> tuple[str, str]:
    """Return a permission as a resource and as an input of the module."""
    statement = f'[{{ Effect = "Allow", Action = ["{action}"], Resource = ["{resource}"] }}]'
    document = f'jsonencode({{ Version = "2012-10-17", Statement = {statement} }})'
    return (
        f'resource "aws_iam_role_policy" "NAME" {{\n  role = "r"\n  policy = {document}\n}}',
        f'access = {{ statements = [{{ actions = ["{action}"], resources = ["{resource}"] }}] }}',
    )


def scheduled(rule: str, written: str, expression: str, zone: str = "Europe/Berlin") -> Case:
    """Return a case about a schedule, which neither Terraform nor the module can judge."""
    return Case(rule, written, *schedule(expression, zone), accepted=True)


CASES = (
    Case("visibility-below-timeout", "visibility_timeout: 20s",
         queue("  visibility_timeout_seconds = 20"), "queue = { visibility_timeout = 20 }"),
    Case("retry-horizon", "message_retention: 30m",
         queue("  visibility_timeout_seconds = 180\n  message_retention_seconds = 600\n"
               + redrive(5)),
         "queue = { message_retention = 600 }"),
    Case("dead-letter-retention", "dead_letter_retention: 4d",
         queue("  message_retention_seconds = 345600"),
         "queue = { dead_letter_retention = 345600 }"),
    Case("idempotency-retention", "retention: 1d", "", "idempotency = { retention = 86400 }"),
    Case("batch-needs-window", "batch_size: 20", mapping("  batch_size = 20"),
         "polling = { batch_size = 20 }"),
    Case("batch-window-range", "batch_window: 6m",
         mapping("  maximum_batching_window_in_seconds = 360"), "polling = { batch_window = 360 }"),
    Case("max-attempts-range", "max_attempts: 1001",
         queue(redrive(1001)),
         "retry = { max_attempts = 1001 }"),
    Case("backoff-order", "backoff: {base: 10m, cap: 1m}", "",
         "retry = { base = 600, cap = 60 }"),
    Case("timeout-range", "timeout: 16m", function("  timeout = 960"),
         FUNCTION_WITH.format("timeout = 960") + "\n  queue = { visibility_timeout = 5760 }",
         validates=False),
    Case("runtime-ended", "runtime: python3.10",
         function("").replace("python3.13", "python3.10"),
         FUNCTION_WITH.format('runtime = "python3.10"')),
    Case("variable-name", "AWS_REGION: eu-west-1",
         function('  environment {\n    variables = { AWS_REGION = "eu-west-1" }\n  }'),
         'variables = { AWS_REGION = "eu-west-1" }'),
    Case("variables-size", "TEMPLATE: ",
         function(f'  environment {{\n    variables = {{ TEMPLATE = "{"receipt " * 600}" }}\n  }}'),
         # The module counts what it adds too, and knows that only at apply.
         f'variables = {{ TEMPLATE = "{"receipt " * 600}" }}', accepted=True),
    Case("permission-every-action", 'actions: ["*"]', *policy("*")),
    Case("permission-action", "actions: [PutObject]", *policy("PutObject"), accepted=True),
    Case("permission-resource", "resources: [receipts]", *policy("s3:PutObject", "receipts"),
         accepted=True),
    Case("owner-tag", "growth & sales",
         queue('  tags = { Owner = "growth & sales" }'), 'owner = "growth & sales"', accepted=True),
    scheduled("cron-fields", "0 9 * * 1-5", "cron(0 9 * * 1-5)"),
    scheduled("cron-day-fields", "0 9 * * MON *", "cron(0 9 * * MON *)"),
    scheduled("cron-sunday", "0 9 ? * 0 *", "cron(0 9 ? * 0 *)"),
    scheduled("cron-range", "0 22-4 * * ? *", "cron(0 22-4 * * ? *)"),
    scheduled("cron-step", "0/90 9 * * ? *", "cron(0/90 9 * * ? *)"),
    scheduled("rate-unit", "2 weeks", "rate(2 weeks)"),
    scheduled("at-date", "2027-02-30T06:00:00", "at(2027-02-30T06:00:00)"),
    scheduled("timezone-name", "timezone: Berlin", "cron(0 4 * * ? *)", "Berlin"),
    scheduled("schedule-never-fires", "0 4 31 FEB ? *", "cron(0 4 31 FEB ? *)"),
    scheduled("schedule-skipped", "2027-03-28T02:30:00", "at(2027-03-28T02:30:00)"),
    Case("schedule-payload", "payload: {order: 7}",
         *schedule("cron(0 4 * * ? *)", payload='{"order": 7}'), accepted=True),
    Case("concurrency-range", "concurrency: 1",
         mapping("  scaling_config {\n    maximum_concurrency = 1\n  }"),
         "polling = { maximum_concurrency = 1 }",
         validates=False),
    Case("log-retention", "log_retention: 10d",
         'resource "aws_cloudwatch_log_group" "NAME" {\n  name = "g"\n  retention_in_days = 10\n}',
         "logs = { retention_days = 10 }", validates=False),
    Case("visibility-timeout-range", "visibility_timeout: 13h",
         queue("  visibility_timeout_seconds = 46800"), "queue = { visibility_timeout = 46800 }",
         validates=False),
)  # fmt: skip

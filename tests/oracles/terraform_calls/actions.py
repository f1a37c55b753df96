"""What a request of Terraform's needs: an action, and what it acts on.

Service Authorization Reference: a call is mostly allowed by the action of its own name; the
exceptions are listed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from tests.modules.inventory import ACCOUNT, REGION
from tests.oracles.action_names import OTHERWISE

if TYPE_CHECKING:
    from tests.oracles.terraform_calls.log import Call

PREFIXES = {
    "Budgets": "budgets",
    "CloudWatch": "cloudwatch",
    "CloudWatch Logs": "logs",
    "DynamoDB": "dynamodb",
    "IAM": "iam",
    "KMS": "kms",
    "Lambda": "lambda",
    "S3": "s3",
    "SESv2": "ses",
    "SNS": "sns",
    "SQS": "sqs",
    "SSM": "ssm",
    "STS": "sts",
    "Scheduler": "scheduler",
    "Secrets Manager": "secretsmanager",
}
"""How policies call what the SDK calls otherwise."""

_FIELDS = (
    ("budgets", "BudgetName", "budgets::{account}:budget/{name}"),
    ("dynamodb", "TableName", "dynamodb:{place}:table/{name}"),
    ("kms", "KeyId", "kms:{place}:{name}"),
    ("lambda", "FunctionName", "lambda:{place}:function:{name}"),
    ("logs", "logGroupName", "logs:{place}:log-group:{name}"),
    ("secretsmanager", "(?:Name|SecretId)", "secretsmanager:{place}:secret:{name}"),
    ("ses", "EmailIdentity", "ses:{place}:identity/{name}"),
    ("sqs", "QueueName", "sqs:{place}:{name}"),
    ("sqs", "QueueUrl", "sqs:{place}:{name}"),
    ("ssm", "Path", "ssm:{place}:parameter{name}"),
)
"""Service, field of its JSON that says what it acts on, and the ARN that this stands for."""

_PATHS = (
    ("lambda", r"/functions/([^/?:]+)", "lambda:{place}:function:{name}"),
    ("lambda", r"/layers/([^/?]+/versions/\d+)", "lambda:{place}:layer:{name}"),
    ("lambda", r"/layers/([^/?]+)", "lambda:{place}:layer:{name}"),
    ("lambda", r"/event-source-mappings/([^/?]+)", "lambda:{place}:event-source-mapping:{name}"),
    ("scheduler", r"/schedule-groups/([^/?]+)", "scheduler:{place}:schedule-group/{name}"),
    ("ses", r"/email/identities/([^/?]+)", "ses:{place}:identity/{name}"),
    ("s3", r"^/([^/]+)", "s3:::{name}"),
)
"""Service, what stands in its paths, and the ARN that this stands for."""

_FORMS = (
    ("cloudwatch", "AlarmName", "cloudwatch:{place}:alarm:{name}"),
    ("cloudwatch", "AlarmNames.member.1", "cloudwatch:{place}:alarm:{name}"),
    ("cloudwatch", "DashboardName", "cloudwatch::{account}:dashboard/{name}"),
    ("cloudwatch", "DashboardNames.member.1", "cloudwatch::{account}:dashboard/{name}"),
    ("iam", "RoleName", "iam::{account}:role/{name}"),
    ("sns", "Name", "sns:{place}:{name}"),
)
"""Service, field of its forms, and the ARN that this stands for."""

_WITHOUT = frozenset(
    {
        *("CreateEventSourceMapping", "DescribeLogGroups", "GetSubscriptionAttributes"),
        *("ListFunctions", "Unsubscribe"),
    }
)
"""What the service knows no resource of, or none that a policy can name."""


def action(call: Call) -> str:
    """Return the action that allows a call."""
    name = f"{PREFIXES[call.service]}:{call.operation}"
    return OTHERWISE.get(name, name)


def resource(call: Call) -> str:
    """Return the ARN of what a call acts on; `*` where the service knows none."""
    if call.operation in _WITHOUT:
        return "*"
    return next((arn for find in (_schedule, _named, _written) if (arn := find(call))), "*")


def _schedule(call: Call) -> str:
    """Return a schedule, which only its group and its name together name."""
    path = urlsplit(call.url).path
    if "/schedules/" not in path:
        return ""
    group = re.search(r'(?:groupName=|"GroupName":")([\w-]+)', f"{call.url}\n{call.body}")
    return _arn(
        "scheduler:{place}:schedule/{name}", f"{group and group[1]}/{path.rpartition('/')[2]}"
    )


def _named(call: Call) -> str:
    """Return what stands in the path, in a field of the JSON, or in one of the form."""
    prefix, path, form = PREFIXES[call.service], urlsplit(call.url).path, parse_qs(call.body)
    for service, pattern, arn in _PATHS:
        if service == prefix and (found := re.search(pattern, path)):
            return _arn(arn, unquote(found[1]).replace("/versions/", ":"))
    for service, field, arn in _FIELDS:
        if service == prefix and (found := re.search(rf'"{field}":"([^"]+)"', call.body)):
            return _arn(arn, found[1].rpartition("/")[2] if field == "QueueUrl" else found[1])
    for service, field, arn in _FORMS:
        if service == prefix and field in form:
            return _arn(arn, form[field][0])
    return ""


def _written(call: Call) -> str:
    """Return the first ARN of the service that stands anywhere."""
    text = unquote(f"{call.url}\n{call.body}")
    found = re.search(rf'arn:aws:{PREFIXES[call.service]}:[^"&\s]*', text)
    return found[0] if found else ""


def _arn(pattern: str, name: str) -> str:
    """Return the ARN of a name; some calls name a thing by its ARN."""
    if name.startswith("arn:"):
        return name
    return "arn:aws:" + pattern.format(account=ACCOUNT, place=f"{REGION}:{ACCOUNT}", name=name)

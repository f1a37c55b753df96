"""What a request asks of IAM: an action on a resource, with the values that conditions look at.

Source: AWS's Service Authorization Reference. Services that are not here are not judged.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from clarivum_jobs.testing.aws.names import BASE_URL, arn
from clarivum_jobs.testing.aws.policy import Ask
from clarivum_jobs.testing.machine.router import Params

_TLS = {"aws:SecureTransport": ["true"]}
_BATCH = "Batch"


def asks(service: str, operation: str, params: Params) -> list[Ask]:
    """Return everything a request needs to be allowed."""
    found = _SERVICES.get(service)
    if found is None:
        return []
    return [
        Ask(ask.action, ask.resource, {**_TLS, **ask.context}) for ask in found(operation, params)
    ]


def _sqs(operation: str, params: Params) -> Iterator[Ask]:
    if operation == "CancelMessageMoveTask":
        yield Ask("sqs:CancelMessageMoveTask", "*")
        return
    if "SourceArn" in params:
        source = params["SourceArn"]
        needed = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        for action in (operation, *(needed if operation.startswith("Start") else ())):
            yield Ask(f"sqs:{action}", source)
        if destination := params.get("DestinationArn"):
            yield Ask("sqs:SendMessage", destination)
        return
    name = str(params.get("QueueUrl", "")).removeprefix(BASE_URL)
    yield Ask(f"sqs:{operation.removesuffix(_BATCH)}", arn("sqs", name))


def _dynamodb(operation: str, params: Params) -> Iterator[Ask]:
    transact = params.get("TransactItems")
    if transact is not None:
        for entry in transact:
            ((kind, inner),) = entry.items()
            action = "ConditionCheckItem" if kind == "ConditionCheck" else f"{kind}Item"
            yield _item(action, inner["TableName"], [_key(inner)])
        return
    if "RequestItems" in params:
        for table, asked in params["RequestItems"].items():
            yield _item(operation, table, list(_batch_keys(asked)))
        return
    keys = [_key(params)] if "Key" in params or "Item" in params else list(_queried(params))
    yield _item(operation, params["TableName"], keys, params.get("IndexName", ""))


def _item(action: str, table: str, keys: list[str], index: str = "") -> Ask:
    name = table.rpartition("/")[2]
    resource = arn("dynamodb", f"table/{name}" + (f"/index/{index}" if index else ""))
    context = {"dynamodb:LeadingKeys": keys} if keys else {}
    return Ask(f"dynamodb:{action}", resource, context)


def _key(params: Params) -> str:
    return str((params.get("Key") or params["Item"])["id"]["S"])


def _batch_keys(asked: Any) -> Iterator[str]:  # noqa: ANN401 - a list of writes, or a mapping of reads
    if isinstance(asked, Mapping):
        yield from (str(key["id"]["S"]) for key in asked["Keys"])
        return
    for entry in asked:
        (inner,) = entry.values()
        yield _key(inner)


def _queried(params: Params) -> Iterator[str]:
    """The partition key that a query names: it stands first in its condition, as a value."""
    words = str(params.get("KeyConditionExpression", "")).split()
    values = params.get("ExpressionAttributeValues", {})
    found = (values[word] for word in words if word in values)
    yield from (str(next(iter(value.values()))) for value in list(found)[:1])


def _scheduler(operation: str, params: Params) -> Iterator[Ask]:
    if operation == "ListSchedules":
        yield Ask("scheduler:ListSchedules", "*")
        return
    name = f"{params.get('GroupName', 'default')}/{params.get('Name', '')}"
    yield Ask(f"scheduler:{operation}", arn("scheduler", f"schedule/{name}"))
    if "Target" in params:
        service = {"iam:PassedToService": ["scheduler.amazonaws.com"]}
        yield Ask("iam:PassRole", params["Target"]["RoleArn"], service)


def _secrets(operation: str, params: Params) -> Iterator[Ask]:
    secret = str(params["SecretId"])
    resource = secret if secret.startswith("arn:") else arn("secretsmanager", f"secret:{secret}")
    yield Ask(f"secretsmanager:{operation}", resource)


def _s3(operation: str, params: Params) -> Iterator[Ask]:
    bucket, key = arn("s3", params.get("Bucket", "")), params.get("Key")
    action = {
        "HeadObject": "GetObject",
        "HeadBucket": "ListBucket",
        "ListObjects": "ListBucket",
        "ListObjectsV2": "ListBucket",
    }.get(operation, operation)
    yield Ask(f"s3:{action}", bucket if key is None else f"{bucket}/{key}")


def _ses(operation: str, params: Params) -> Iterator[Ask]:
    domain = str(params.get("FromEmailAddress", "")).strip("<>").rpartition("@")[2].rstrip(">")
    context = {"ses:FromAddress": [str(params.get("FromEmailAddress", ""))]}
    yield Ask(f"ses:{operation}", arn("ses", f"identity/{domain}"), context)
    if name := params.get("ConfigurationSetName"):
        yield Ask(f"ses:{operation}", arn("ses", f"configuration-set/{name}"), context)


_SERVICES: Mapping[str, Callable[[str, Params], Iterator[Ask]]] = {
    "sqs": _sqs,
    "dynamodb": _dynamodb,
    "scheduler": _scheduler,
    "secretsmanager": _secrets,
    "s3": _s3,
    "sesv2": _ses,
}

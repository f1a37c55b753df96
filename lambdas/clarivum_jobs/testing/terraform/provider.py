"""What AWS adds to a resource: the ARNs, addresses and ids that it makes from a name."""

from collections.abc import Callable, Mapping

from clarivum_jobs.testing.aws import names
from clarivum_jobs.testing.aws.names import arn
from clarivum_jobs.testing.terraform.expressions import Value


def provider(kind: str, said: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the attributes of a resource or data source that its module does not set."""
    if kind in _DATA:
        return _DATA[kind]
    return _RESOURCES[kind](said)


_DATA: Mapping[str, Mapping[str, Value]] = {
    "aws_caller_identity": {"account_id": names.ACCOUNT},
    "aws_partition": {"partition": "aws", "dns_suffix": "amazonaws.com"},
    "aws_region": {"id": names.REGION, "name": names.REGION},
    "aws_ssm_parameters_by_path": {"names": []},
}


def _queue(said: Mapping[str, Value]) -> Mapping[str, Value]:
    url = names.BASE_URL + said["name"]
    return {"arn": arn("sqs", said["name"]), "url": url, "id": url}


_RESOURCES: Mapping[str, Callable[[Mapping[str, Value]], Mapping[str, Value]]] = {
    "aws_cloudwatch_log_group": lambda said: {"arn": arn("logs", f"log-group:{said['name']}")},
    "aws_dynamodb_table": lambda said: {"arn": arn("dynamodb", f"table/{said['name']}")},
    "aws_iam_role": lambda said: {"arn": arn("iam", f"role/{said['name']}"), "id": said["name"]},
    "aws_lambda_event_source_mapping": lambda _said: {"uuid": "00000000-0000-4000-9000-0"},
    "aws_lambda_alias": lambda said: {
        "arn": arn("lambda", f"function:{said['function_name']}:{said['name']}")
    },
    "aws_lambda_function": lambda said: {
        "arn": arn("lambda", f"function:{said['function_name']}"),
        "version": "1",
    },
    "aws_lambda_layer_version": lambda said: {
        "arn": arn("lambda", f"layer:{said['layer_name']}:1")
    },
    "aws_scheduler_schedule_group": lambda said: {
        "arn": arn("scheduler", f"schedule-group/{said['name']}")
    },
    "aws_secretsmanager_secret": lambda said: {
        "arn": arn("secretsmanager", f"secret:{said['name']}")
    },
    "aws_sns_topic": lambda said: {"arn": arn("sns", said["name"])},
    "aws_sqs_queue": _queue,
}

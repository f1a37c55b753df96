"""What Terraform makes passes AWS's own schemas: CloudFormation's, and those of the APIs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.model import ListShape, MapShape, StructureShape
from botocore.validate import ParamValidator
from cfnlint.api import ManualArgs, lint  # type: ignore[import-untyped]
from cfnlint.core import get_rules  # type: ignore[import-untyped]

from tests.oracles.rendered import REGION, Resource
from tests.oracles.translation.table import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from botocore.model import Shape
    from cfnlint.match import Match  # type: ignore[import-untyped]

    from tests.oracles.rendered import Rendered
    from tests.oracles.translation.reading import Part

pytestmark = pytest.mark.terraform

NOT_MEANT = {"I3011": "DeletionPolicy is a word of templates; what may go is the guard's to say"}
"""Findings about templates as people write them, which this is not."""


WRONG: tuple[tuple[str, str, object], ...] = (
    ("aws_sqs_queue", "visibility_timeout_seconds", 43201),
    ("aws_sqs_queue", "message_retention_seconds", 59),
    ("aws_lambda_function", "memory_size", 100),
    ("aws_lambda_function", "runtime", "python4.0"),
    ("aws_lambda_function", "handler", "a b"),
    ("aws_lambda_function", "architectures", ["arm"]),
    ("aws_lambda_event_source_mapping", "batch_size", 10001),
    ("aws_lambda_event_source_mapping", "function_response_types", ["ReportAll"]),
    ("aws_lambda_function_event_invoke_config", "maximum_retry_attempts", 3),
    ("aws_cloudwatch_metric_alarm", "comparison_operator", "Greater"),
    ("aws_cloudwatch_log_group", "retention_in_days", 31),
    ("aws_scheduler_schedule", "state", "ON"),
    ("aws_scheduler_schedule", "name", "a b"),
    ("aws_dynamodb_table", "billing_mode", "FREE"),
    ("aws_iam_role", "max_session_duration", 60),
)
"""Types, attributes, and values that AWS would refuse."""


def parts(resources: Iterable[Resource]) -> dict[str, Part]:
    """Return every part by an address of its own."""
    return {
        f"{resource.address} {number}": part
        for resource in resources
        for number, part in enumerate(translate(resource))
    }


def linted(found: Mapping[str, Part]) -> dict[str, list[Match]]:
    """Return what cfn-lint has against a template of some parts, by the part's address."""
    names = {f"Part{n}": address for n, (address, part) in enumerate(found.items()) if part.type}
    resources = {
        name: {"Type": found[address].type, "Properties": found[address].properties}
        for name, address in names.items()
    }
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    rules = get_rules([], [], ["I", "W", "E"])
    told: dict[str, list[Match]] = {}
    for match in lint(json.dumps(template), rules, [REGION], ManualArgs(regions=[REGION])):
        place = str((match.path or ["", ""])[1])
        told.setdefault(names.get(place, place), []).append(match)
    return told


def test_cloudformation_would_take_every_resource(production: Rendered) -> None:
    """cfn-lint has nothing against a template of them all, its rules about templates apart."""
    told = linted(parts(production.resources))

    against = [
        f"{place}: {match.rule.id} {match.message}"
        for place, matches in told.items()
        for match in matches
        if match.rule.id not in NOT_MEANT
    ]
    assert against == []
    fired = {match.rule.id for matches in told.values() for match in matches}
    assert fired == NOT_MEANT.keys(), "an exception is stale"


def test_what_aws_would_refuse_is_found(production: Rendered) -> None:
    """One wrong value at a time: the schema or the service model says so."""
    changed = []
    for number, (kind, attribute, value) in enumerate(WRONG):
        first = production.of_type(kind)[0]
        values = {**first.values, attribute: value}
        changed.append(Resource(f"{number} {kind}.{attribute}", kind, values))
    found = parts(changed)
    told = {
        place.rpartition(" ")[0]
        for place, matches in linted(found).items()
        if any(match.rule.id not in {*NOT_MEANT, "E3019"} for match in matches)
    }
    for address, part in found.items():
        if list(faults(part.call, part.parameters)):
            told.add(address.rpartition(" ")[0])

    assert sorted({resource.address for resource in changed} - told) == []


def test_the_apis_would_take_every_request(production: Rendered) -> None:
    """Names, types, ranges, patterns and choices are those of the service models."""
    told = [
        f"{address}: {fault}"
        for address, part in parts(production.resources).items()
        for fault in faults(part.call, part.parameters)
    ]
    assert told == []


def faults(call: tuple[str, str], parameters: Any) -> Iterator[str]:  # noqa: ANN401 - a request
    """Yield what an API would refuse of a request."""
    service, operation = call
    client = boto3.client(service, region_name=REGION)  # type: ignore[call-overload] # any service
    shape = client.meta.service_model.operation_model(operation).input_shape
    report = ParamValidator().validate(parameters, shape).generate_report()
    yield from report.splitlines()
    if not report:
        yield from beyond(parameters, shape, operation)


def beyond(value: Any, shape: Shape, place: str) -> Iterator[str]:  # noqa: ANN401 - a request
    """Yield what the model forbids and botocore leaves to the service to say."""
    for inner, kind, name in _inside(value, shape):
        yield from beyond(inner, kind, f"{place}{name}")
    size = value if isinstance(value, int | float) else len(value)
    if (most := shape.metadata.get("max")) is not None and size > most:
        yield f"{place}: {value!r} is beyond {most}"
    if isinstance(value, str):
        pattern = shape.metadata.get("pattern")
        if pattern and not re.search(rf"\A(?:{_python(pattern)})\Z", value):
            yield f"{place}: {value!r} is not of the form {pattern}"
        choices = shape.metadata.get("enum")
        if choices and value not in choices:
            yield f"{place}: {value!r} is none of {choices}"


def _inside(value: Any, shape: Shape) -> Iterator[tuple[Any, Shape, str]]:  # noqa: ANN401 - likewise
    """Yield what a value consists of, with the shape and the name of each."""
    if isinstance(shape, StructureShape):
        yield from ((inner, shape.members[name], f".{name}") for name, inner in value.items())
    elif isinstance(shape, ListShape):
        yield from ((inner, shape.member, "[]") for inner in value)
    elif isinstance(shape, MapShape):
        yield from ((name, shape.key, " key") for name in value)
        yield from ((inner, shape.value, f".{name}") for name, inner in value.items())


def _python(pattern: str) -> str:
    """Return a pattern of Java's as Python reads it."""
    letters = pattern.replace(r"\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}", r"\s\S")
    return letters.replace(r"\p{L}\p{Z}\p{N}", r"\w\s").replace(r"\p{L}", r"^\W\d_")

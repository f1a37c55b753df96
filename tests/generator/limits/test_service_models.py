"""Our limits are those of AWS's own service models, as botocore carries them."""

import re
from functools import cache
from typing import Any

import pytest
from botocore.loaders import Loader

from generator.rules import limits
from generator.rules.lifecycle import LIVES
from generator.rules.ranges import RANGES
from generator.schedules.problem import LONGEST_EXPRESSION

BOUNDS = {bounds.field: bounds for bounds in RANGES}

# Functions outside managed instances; the model knows only the largest of all.
SMALLER = {"timeout": 900, "memory_size": 10_240, "ephemeral_storage": 10_240}

# Runtimes that ended before this project began, and one that has no dates yet.
NOT_OURS = {"python2.7", "python3.6", "python3.7", "python3.8", "python3.15"}


@cache
def model(service: str) -> dict[str, Any]:
    """Return a service's model."""
    return dict(Loader().load_service_model(service, "service-2"))


def shape(service: str, name: str) -> dict[str, Any]:
    """Return one type of a service."""
    return dict(model(service)["shapes"][name])


def text(service: str, name: str, *members: str) -> str:
    """Return what a service says about a type or one of its members, without markup."""
    found: Any = shape(service, name)
    for member in members:
        found = found["members"][member]
    return re.sub(r"<[^>]+>", "", found["documentation"])


@pytest.mark.parametrize(
    ("field", "service", "name"),
    [
        ("timeout", "lambda", "Timeout"),
        ("memory_size", "lambda", "MemorySize"),
        ("ephemeral_storage", "lambda", "EphemeralStorageSize"),
        ("concurrency", "lambda", "MaximumConcurrency"),
        ("batch_size", "lambda", "BatchSize"),
        ("batch_window", "lambda", "MaximumBatchingWindowInSeconds"),
    ],
)
def test_a_range_is_that_of_its_type(field: str, service: str, name: str) -> None:
    """A field takes what its type takes, or less where only managed instances take more."""
    known = shape(service, name)

    assert BOUNDS[field].low == known["min"]
    assert SMALLER.get(field, known["max"]) == BOUNDS[field].high
    assert BOUNDS[field].high <= known["max"]


@pytest.mark.parametrize(
    ("field", "attribute"),
    [
        ("visibility_timeout", "VisibilityTimeout"),
        ("delay", "DelaySeconds"),
        ("message_retention", "MessageRetentionPeriod"),
        ("dead_letter_retention", "MessageRetentionPeriod"),
    ],
)
def test_a_queues_range_is_what_sqs_says(field: str, attribute: str) -> None:
    """SQS types no attributes; its documentation gives their bounds."""
    said = text("sqs", "CreateQueueRequest", "Attributes")
    match = re.search(rf"{attribute} [^.]*\..*?from ([\d,]+) .*?to ([\d,]+) ", said, re.DOTALL)
    assert match is not None

    low, high = (int(number.replace(",", "")) for number in match.groups())

    assert (low, high) == (BOUNDS[field].low, BOUNDS[field].high)


@pytest.mark.parametrize(
    ("limit", "service", "name"),
    [
        (limits.LONGEST_ROLE, "iam", "roleNameType"),
        (limits.LONGEST_SCHEDULE, "scheduler", "Name"),
        (limits.LONGEST_DESCRIPTION, "lambda", "Description"),
        (limits.LONGEST_TAG, "lambda", "TagValue"),
        (limits.LONGEST_TAG, "iam", "tagValueType"),
        (LONGEST_EXPRESSION, "scheduler", "ScheduleExpression"),
    ],
)
def test_a_length_is_that_of_its_type(limit: int, service: str, name: str) -> None:
    """Names and texts are as long as their type allows."""
    assert limit == shape(service, name)["max"]


def test_a_secrets_name_leaves_room_for_what_stands_before_it() -> None:
    """Project and environment fit before the longest name that we allow."""
    room = shape("secretsmanager", "NameType")["max"] - limits.LONGEST_SECRET

    assert room > limits.LONGEST_ROLE


def test_lengths_that_only_documentation_gives() -> None:
    """Queue and function names, and the periods of log retention, are what AWS says."""
    queue = text("sqs", "CreateQueueRequest", "QueueName")
    days = text("logs", "Days").split("are:")[1].split(".")[0]

    assert f"up to {limits.LONGEST_QUEUE} " in queue
    assert "limited to 64 characters" in text("lambda", "CreateFunctionRequest", "FunctionName")
    assert tuple(map(int, re.findall(r"\d+", days))) == limits.LOG_RETENTION_DAYS


def test_a_batch_above_ten_needs_a_window() -> None:
    """The model says from which size on."""
    said = text("lambda", "CreateEventSourceMappingRequest", "MaximumBatchingWindowInSeconds")

    assert f"greater than {limits.LARGEST_BATCH_WITHOUT_WINDOW}" in said


def test_every_python_of_lambda_has_its_dates() -> None:
    """A runtime that AWS adds is noticed here."""
    known = {name for name in shape("lambda", "Runtime")["enum"] if name.startswith("python")}

    assert known - NOT_OURS == set(LIVES)

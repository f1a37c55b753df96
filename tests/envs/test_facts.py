"""What is asked of AWS before a removal, with answers in AWS's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from envs.deploy.facts import APART, Facts
from envs.deploy.removal import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSION = boto3.Session("x", "x", region_name="eu-west-1")
STATES = ("", "NotVisible", "Delayed")
NAMES = [f"ApproximateNumberOfMessages{state}" for state in STATES]


class Asked:
    """Clients with prepared answers, and the waits between the looks."""

    def __init__(self) -> None:
        """Prepare nothing yet."""
        self.waits: list[float] = []
        sqs, scheduler = SESSION.client("sqs"), SESSION.client("scheduler")
        self.sqs, self.scheduler = Stubber(sqs), Stubber(scheduler)
        self.facts = Facts(sqs, scheduler, "clarivum-prod-delayed", self.waits.append)

    def queue(self, name: str, *counts: int) -> None:
        """Let a queue hold messages that wait, are worked on, and are delayed."""
        url = f"https://sqs.example/{name}"
        self.sqs.add_response("get_queue_url", {"QueueUrl": url}, {"QueueName": name})
        found = {key: str(count) for key, count in zip(NAMES, counts, strict=True)}
        asked: Any = {"QueueUrl": url, "AttributeNames": tuple(NAMES)}
        self.sqs.add_response("get_queue_attributes", {"Attributes": found}, asked)

    def schedules(self, *pages: dict[str, str]) -> None:
        """Let pages of schedules send to queues, by name."""
        for number, page in enumerate(pages):
            arns = {name: f"arn:aws:sqs:eu-west-1:123456789012:{q}" for name, q in page.items()}
            found: Any = {"Schedules": [{"Name": n, "Target": {"Arn": a}} for n, a in arns.items()]}
            asked: Any = {"GroupName": "clarivum-prod-delayed"}
            if number:
                asked["NextToken"] = f"after {number}"
            if number + 1 < len(pages):
                found["NextToken"] = f"after {number + 1}"
            self.scheduler.add_response("list_schedules", found, asked)


@pytest.fixture
def asked() -> Iterator[Asked]:
    """Prepare answers; all of them must be asked for."""
    prepared = Asked()
    with prepared.sqs, prepared.scheduler:
        yield prepared
        prepared.sqs.assert_no_pending_responses()
        prepared.scheduler.assert_no_pending_responses()


def test_both_queues_are_counted_whole_twice_a_minute_apart(asked: Asked) -> None:
    """Messages in any state count, of the dead-letter queue too."""
    for counts in ((1, 2, 4), (0, 0, 0)):
        asked.queue("clarivum-prod-mail", *counts)
        asked.queue("clarivum-prod-mail-dlq", 8, 16, 32)
    asked.schedules({})

    assert asked.facts.known(["clarivum-prod-mail"]) == {"clarivum-prod-mail": Known((63, 56))}
    assert asked.waits == [APART]


def test_schedules_are_found_by_their_target_on_every_page(asked: Asked) -> None:
    """A name that only begins like the queue's is another job's."""
    for _ in range(2):
        asked.queue("clarivum-prod-mail", 0, 0, 0)
        asked.queue("clarivum-prod-mail-dlq", 0, 0, 0)
    asked.schedules(
        {"b": "clarivum-prod-mail-report", "c": "clarivum-prod-mail"},
        {"a": "clarivum-prod-mail-dlq", "d": "clarivum-prod-mailer"},
    )

    (known,) = asked.facts.known(["clarivum-prod-mail"]).values()
    assert known.schedules == ("a", "c")


def test_what_is_gone_holds_nothing(asked: Asked) -> None:
    """A removal that stopped half-way can be finished."""
    for _ in range(4):
        asked.sqs.add_client_error("get_queue_url", "AWS.SimpleQueueService.NonExistentQueue")
    asked.scheduler.add_client_error("list_schedules", "ResourceNotFoundException")

    assert asked.facts.known(["clarivum-prod-mail"]) == {"clarivum-prod-mail": Known((0, 0))}


def test_what_may_not_be_seen_is_not_taken_for_empty(asked: Asked) -> None:
    """A refusal of AWS ends the deployment."""
    asked.sqs.add_client_error("get_queue_url", "AccessDenied")

    with pytest.raises(ClientError):
        asked.facts.known(["clarivum-prod-mail"])


def test_schedules_that_may_not_be_seen_are_not_taken_for_none(asked: Asked) -> None:
    """Likewise."""
    for _ in range(4):
        asked.sqs.add_client_error("get_queue_url", "QueueDoesNotExist")
    asked.scheduler.add_client_error("list_schedules", "AccessDeniedException")

    with pytest.raises(ClientError):
        asked.facts.known(["clarivum-prod-mail"])


def test_nobody_waits_where_nothing_goes(asked: Asked) -> None:
    """No job, no look, no minute."""
    assert asked.facts.known([]) == {}
    assert asked.waits == []

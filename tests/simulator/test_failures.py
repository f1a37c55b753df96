"""One exact call that fails, as often as its client tries or once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clarivum_jobs.testing import Failure, Faults
from clarivum_jobs.testing.deployment import TABLE
from tests.simulator.aws import dynamodb, sqs
from tests.simulator.parity.probe import JOB, URL, probe

if TYPE_CHECKING:
    from clarivum_jobs.testing.machine.faults import Moment


@pytest.mark.parametrize(
    ("moment", "whole", "carried_out", "told"),
    [
        ("before", False, 1, ""),
        ("after", False, 2, ""),
        ("before", True, 0, "InternalServerError"),
        ("after", True, 1, "InternalServerError"),
    ],
)
def test_exact_call_fails(moment: Moment, whole: bool, carried_out: int, told: str) -> None:  # noqa: FBT001
    """Only the second of three calls; the client hides what fails once."""
    codes: list[str] = []

    def answer(_event: object, _context: object) -> None:
        for number in range(3):
            try:
                dynamodb().update_item(
                    TableName=TABLE,
                    Key={"id": {"S": f"{JOB}#{number}"}},
                    UpdateExpression="ADD n :one",
                    ExpressionAttributeValues={":one": {"N": "1"}},
                )
            except dynamodb().exceptions.InternalServerError as error:
                codes.append(error.response["Error"]["Code"])

    with probe(answer, faults=Faults(failures=(Failure("dynamodb", 2, moment, whole),))) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()
        counts = [
            int(world.table.items.get(f"{JOB}#{n}", {"n": {"N": "0"}})["n"]["N"]) for n in range(3)
        ]

    assert counts == [1, carried_out, 1]
    assert "".join(codes) == told

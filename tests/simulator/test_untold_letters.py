"""The reason of a letter that cannot bear it is kept on record, where its body leads to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import PermanentError, enqueue
from clarivum_jobs.records.work_item import letter_id
from clarivum_jobs.testing import Faults
from clarivum_jobs.testing.machine.faults import Outage
from tests.simulator.sample import JOB, Sample, sample

if TYPE_CHECKING:
    from clarivum_jobs import JobContext
    from tests.simulator.sample import Handler

LARGEST = 262_144
ROOM = 4096
NEVER = 10**8


@pytest.mark.parametrize("letter", ["x", "é", "😀"])
@pytest.mark.parametrize("room", [0, 1, 40, 60, 100, 200, 300, 1000, ROOM])
def test_a_body_without_room_is_parked_at_once_and_its_reason_is_kept(
    room: int, letter: str
) -> None:
    """Bytes count, not characters; what there is room for stands on the letter itself."""
    size = len(letter.encode())
    body = letter * ((LARGEST - room) // size)
    with sample() as (world, _):
        world.queue(JOB).send(body, {})
        world.settle()
        (parked,) = world.dead_letters(JOB).messages.values()
        kept = world.table.items.get(letter_id(JOB, body))
        runs = len(world.runs)

    assert (runs, parked.body) == (1, body)
    assert ("reason" in parked.attributes) != (kept is not None)
    assert ("reason" in parked.attributes) == (room >= 200)
    told = kept or {name: {"S": value["StringValue"]} for name, value in parked.attributes.items()}
    assert told["reason"]["S"].startswith("not a job's message")
    assert (kept["code"] if kept else told["error_code"])["S"] == "invalid_envelope"


@pytest.mark.parametrize("readable", [True, False])
def test_the_reason_is_kept_of_what_sqs_moves_itself(readable: bool) -> None:  # noqa: FBT001
    """No letter is ever taken; after its receives SQS moves the message, and says nothing."""
    gone = Outage("sqs", seconds=NEVER, operations=("SendMessage",))
    with sample() as (world, _):
        if readable:
            enqueue(Sample(name="a", hopeless=True, fails=1))
        else:
            world.queue(JOB).send(json.dumps({"id": "1"}), {})
        world.faults = Faults(outages=(gone,))
        world.settle(days=3)
        (parked,) = world.dead_letters(JOB).messages.values()
        kept = world.table.items.get(letter_id(JOB, parked.body))

    assert parked.attributes == {}
    assert kept is not None
    assert kept["code"]["S"] == ("hopeless" if readable else "invalid_envelope")
    assert kept["reason"]["S"]
    assert kept["message_id"]["S"] == parked.id
    assert int(kept["expiration"]["N"]) > 0


@pytest.mark.parametrize("text", ["half \ud800", "\udfff", "a\x00b \ud83d"])
def test_half_a_character_changes_no_verdict(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No service takes it and no stream writes it: it is replaced, in letter, record and log."""

    def raising(_world: object, _audit: object) -> Handler:
        def handle(payload: Sample, context: JobContext) -> None:
            context.logger.warning("about to say %s", text, extra={"said": text})
            raise (PermanentError if payload.hopeless else RuntimeError)(text)

        return handle

    with sample(handler=raising) as (world, audit):
        enqueue(Sample(name="a", hopeless=True))
        enqueue(Sample(name="b"))
        world.settle()
        audit.check()
        letters = [letter.attributes for letter in world.dead_letters(JOB).messages.values()]
        records = [item for item in world.table.items.values() if "reason" in item]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    told = sorted((a["error_code"]["StringValue"], a["attempt"]["StringValue"]) for a in letters)
    assert told == [("RuntimeError", "5"), ("permanent", "1")]
    assert sorted(item["code"]["S"] for item in records) == ["RuntimeError", "permanent"]
    assert sum(line.get("message", "").startswith("about to say") for line in lines) == 6

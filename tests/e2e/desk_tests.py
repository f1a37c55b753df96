"""What the desk does on the emulator, run in the one world of the end-to-end tests."""

from __future__ import annotations

import importlib
import json
import uuid
from typing import TYPE_CHECKING

import click

from envs.cli.table import ROWS
from envs.desk import overrides
from envs.desk.opening import open_place
from envs.local.engine import emulator
from envs.local.engine.alarms import Evaluator
from envs.local.engine.clients import ACCOUNT, Aws
from envs.local.engine.peeking import peek
from tests.e2e import drift_tests
from tests.e2e.conftest import REPOSITORY, World
from tests.e2e.desk import JOB, clarivum, commands, done, letters_url, ready, told, until

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


def helps() -> Iterator[str]:
    """Yield the help of every verb of the desk."""
    for row in ROWS:
        module, _, attribute = row.where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        yield command.help or ""
        if isinstance(command, click.Group):
            yield from (one.help or "" for one in command.commands.values())


def every_command_that_is_shown_runs(world: World) -> None:
    """Documents and helps show nothing that does not work: none is a broken call."""
    names = ("desk.md", "runbook.md", "on-call.md", "dev.md")
    documents = [REPOSITORY / "docs" / name for name in names]
    texts = [*helps(), *(path.read_text(encoding="utf-8") for path in documents)]
    shown = [line for text in texts for line in commands(text)]
    sent = told(world, "send", JOB, "--run", str(uuid.uuid4()))["job_id"]
    assert until(lambda: clarivum(world, "show", sent)[0] == 0)

    wrong = []
    for line in dict.fromkeys(shown):
        status, output = clarivum(world, *ready(world, line, sent))
        if status not in {0, 1} or "Traceback" in output:
            wrong.append(f"{line}\n{output}")

    assert len(shown) > 40
    assert wrong == []


def a_message_sent_by_hand_is_done_and_found(world: World) -> None:
    """It is sent, listed, shown with its payload, and in the log."""
    name = f"by-hand-{uuid.uuid4()}"
    status, output = clarivum(world, "send", JOB, "--section", "home", "--run", name, "--json")
    sent = json.loads(output)

    assert status == 0, output
    assert until(lambda: done(world, sent["job_id"]))
    record = told(world, "show", sent["job_id"])
    assert record["status"] == "done"
    assert record["payload"]["run"] == name
    assert sent["job_id"] in {one["job_id"] for one in told(world, "runs", JOB)}
    said = clarivum(world, "logs", "--id", sent["job_id"], "--json")[1].splitlines()
    assert {json.loads(line)["outcome"] for line in said} >= {"done"}


def what_does_not_fit_is_not_sent(world: World) -> None:
    """The answer names the property, not its value."""
    status, output = clarivum(world, "send", "email-fulfillment", "--to", "nobody-at-all")

    assert status == 2
    assert "error[invalid_payload]" in output
    assert "email_id" in output
    assert "nobody-at-all" not in output


def one_kind_of_many_letters_moves(world: World) -> None:
    """A hundred letters of two kinds: one kind is replayed, the others stay as they are."""
    aws, url = Aws(emulator.endpoint(world.places)), letters_url(world)
    clarivum(world, "dlq", "plan", JOB, "--discard", "--why", "begin anew", "-o", "empty.plan")
    clarivum(world, "dlq", "apply", "empty.plan")
    wanted = {str(uuid.uuid4()): _letter(aws, url, "provider is away") for _ in range(40)}
    others = {str(uuid.uuid4()): _letter(aws, url, "no such page") for _ in range(60)}
    evaluator = Evaluator(aws.cloudwatch, aws.sqs)
    evaluator.evaluate()
    before = _counts(aws, url)

    clarivum(world, "dlq", JOB)

    assert _counts(aws, url) == before
    assert before[0] == len(wanted) + len(others)
    assert _ringing(aws)
    evaluator.evaluate()
    assert _ringing(aws)
    plan = world.root / "one.plan"
    status, output = clarivum(
        world, "dlq", "plan", JOB, "--replay", "--code", "away",
        "--why", "it is back", "--rate", "100", "-o", str(plan),
    )  # fmt: skip
    assert status == 0, output
    frozen = {one["message_id"] for one in json.loads(plan.read_text())["letters"]}
    stay = _messages(aws, world, frozen)
    status, output = clarivum(world, "dlq", "apply", str(plan), "--json")
    first = json.loads(output)
    again = json.loads(clarivum(world, "dlq", "apply", str(plan), "--json")[1])

    assert status == 0, output
    assert first["counts"] == {"sent": len(wanted)}
    assert again["counts"] == {"earlier": len(wanted)}
    assert _messages(aws, world, frozen) == stay
    assert len(stay) == len(others)
    assert until(lambda: told(world, "states", JOB)[0]["queue"]["hidden"] == 0)


def a_paused_job_rests_until_it_is_resumed(world: World) -> None:
    """What is sent meanwhile waits; who, why and until when stand beside it."""
    status, output = clarivum(world, "pause", JOB, "--for", "1h", "--why", "INC-42")
    assert status == 0, output
    second, refused = clarivum(world, "pause", JOB, "--for", "1h", "--why", "me too")
    sent = told(world, "send", JOB, "--run", str(uuid.uuid4()))["job_id"]
    (state,) = told(world, "states", JOB)

    assert (second, "INC-42" in refused) == (1, True)
    assert state["override"]["why"] == "INC-42"
    assert state["mapping"]["state"] == "Disabled"
    assert set(state["schedules"].values()) == {"DISABLED"}
    assert state["finding"] == ""
    assert clarivum(world, "show", sent)[0] == 1
    assert clarivum(world, "resume", JOB)[0] == 0
    assert until(lambda: clarivum(world, "show", sent)[0] == 0)
    (state,) = told(world, "states", JOB)
    assert state["override"] is None
    assert set(state["schedules"].values()) == {"ENABLED"}


def a_pause_survives_a_deploy(world: World) -> None:
    """Paused, it is no drift; applied, it is still paused; expired, there is one finding."""
    assert clarivum(world, "pause", JOB, "--for", "1h", "--why", "INC-42")[0] == 0
    try:
        _deployed_while_paused(world)
    finally:
        resumed = clarivum(world, "resume", JOB)[0]
    assert resumed == 0
    assert clarivum(world, "states")[0] == 0


def _deployed_while_paused(world: World) -> None:
    drift_tests.while_one_job_is_paused_changes_of_another_are_found_and_put_back(world)
    after = clarivum(world, "states", JOB)[0]
    (state,) = told(world, "states", JOB)

    assert (after, state["mapping"]["state"]) == (0, "Disabled")
    assert set(state["schedules"].values()) == {"DISABLED"}
    place = open_place(world.root, "local")
    overrides.forget(place, JOB)
    overrides.record(place, overrides.Override(JOB, "2026-01-01T00:00:00+00:00", "anna", "INC-42"))
    status, output = clarivum(world, "states")
    assert status == 1
    assert output.count("should have ended") == 1
    assert sum(bool(one["finding"]) for one in told(world, "states")) == 1
    drift_tests.a_pause_that_is_over_is_found(world)


def a_schedule_runs_when_it_is_asked_to(world: World) -> None:
    """Its own function enqueues the run, and it is done."""
    run = told(world, "schedule", "run", "hourly")

    assert run["job_id"]
    assert until(lambda: done(world, run["job_id"]))


def _letter(aws: Aws, url: str, reason: str) -> str:
    """Put a letter as a worker parks it; return its id there."""
    name = str(uuid.uuid4())
    key = uuid.uuid4().hex * 2
    body = {
        "specversion": "1.0",
        "id": name,
        "source": "clarivum/local",
        "type": f"jobs.{JOB}",
        "time": "2026-01-01T00:00:00Z",
        "datacontenttype": "application/json",
        "idempotencykey": key,
        "traceparent": f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-01",
        "contractversion": 1,
        "data": {"section": "home", "urls": [], "run": name},
    }
    texts = {
        "reason": reason,
        "error_code": reason.rsplit(maxsplit=1)[-1],
        "job": JOB,
        "message_id": name,
        "job_id": name,
        "idempotency_key": key,
    }
    sent = aws.sqs.send_message(
        QueueUrl=url,
        MessageBody=json.dumps(body),
        MessageAttributes={
            name: {"DataType": "String", "StringValue": value} for name, value in texts.items()
        },
    )
    return sent["MessageId"]


def _counts(aws: Aws, url: str) -> tuple[int, ...]:
    found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    counts: dict[str, str] = {str(name): value for name, value in found.items()}
    return tuple(int(counts[name]) for name in _NAMES)


def _ringing(aws: Aws) -> bool:
    name = f"clarivum-local-{JOB}-dead-letters"
    (alarm,) = aws.cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return alarm["StateValue"] == "ALARM"


def _messages(aws: Aws, world: World, apart: set[str]) -> dict[str, str]:
    """Return the letters that are not named, as the emulator shows them without a receive."""
    url = f"{emulator.endpoint(world.places)}/{ACCOUNT}/clarivum-local-{JOB}-dlq"
    return {
        one["MessageId"]: json.dumps([one["Body"], one["MessageAttributes"]], sort_keys=True)
        for one in peek(aws.endpoint, url)
        if one["MessageId"] not in apart
    }

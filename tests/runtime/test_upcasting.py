"""A message of an older payload version runs on the worker of a newer one."""

import json
from typing import Any

import pytest

from clarivum_jobs.contract.upcasting import upcast
from clarivum_jobs.worker import Worker
from tests.runtime.bench import Bench, body, changed, record
from tests.runtime.samples import ADDRESS, LEAD, Sample, sample

OLD = {"lead": LEAD, "mail": ADDRESS}


def from_1(payload: dict[str, Any]) -> dict[str, Any]:
    """Return version 2 of a payload whose fields had other names."""
    return {"lead_id": payload["lead"], "email": payload["mail"]}


def old_message(data: object) -> str:
    """Return a message of version 1."""
    return changed(body(), data=data, contractversion=1)


def test_message_of_version_1_runs_on_the_worker_of_version_2(bench: Bench) -> None:
    """The handler gets a payload of its own version, and the message is done."""
    bench.worker = Worker(Sample, bench.handler, bench.services, {1: from_1})

    assert bench.run(record(old_message(OLD))) == []
    assert [payload for payload, _ in bench.handler.seen] == [sample()]
    assert bench.dead == []


def test_without_an_upcaster_an_older_message_is_read_as_it_is(bench: Bench) -> None:
    """What still fits runs, what does not is parked as any payload that does not fit."""
    fitting = old_message({"lead_id": LEAD, "email": ADDRESS})

    assert bench.run(record(fitting)) == []
    assert bench.run(record(old_message(OLD), "m-2")) == []
    assert len(bench.handler.seen) == 1
    assert len(bench.dead) == 1


def test_failing_upcaster_parks_the_message_and_quotes_nothing(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """The dead letter names the version; the payload is in neither its reason nor the log."""

    def broken(payload: dict[str, Any]) -> dict[str, Any]:
        raise ValueError(payload["mail"])

    bench.worker = Worker(Sample, bench.handler, bench.services, {1: broken})

    assert bench.run(record(old_message(OLD))) == []
    (dead,) = bench.dead
    reason = json.dumps(dead["MessageAttributes"])
    assert "the upcaster from version 1 failed: ValueError" in reason
    assert ADDRESS not in reason + capsys.readouterr().out


def test_upcasters_are_applied_in_turn() -> None:
    """From version 1 to 4 by way of every version that has an upcaster; the input stays whole."""
    document = {"steps": ""}
    steps = {n: lambda payload, n=n: {"steps": f"{payload['steps']}{n}"} for n in (1, 3)}

    assert upcast(document, 1, 4, steps) == {"steps": "13"}
    assert upcast(document, 4, 4, steps) is document
    assert document == {"steps": ""}

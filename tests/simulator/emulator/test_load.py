"""A burst on the real thing: real zips, the real layer, a real process that is really killed."""

from __future__ import annotations

import os
import signal
import statistics
import threading
import time
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from clarivum_jobs import JobContract, Payload, Producer
from clarivum_jobs.core.settings import ProducerSettings, max_receives
from tests.figures import say
from tests.simulator.emulator import load_job
from tests.simulator.emulator.stage import Stage, package, stage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.e2e

MESSAGES, RATE, CHUNK = 1000, 200, 50
TABLE, ATTEMPTS, TIMEOUT, VISIBILITY = "jobs", 5, 60, 90
RECEIVES = max_receives(ATTEMPTS, VISIBILITY, 10)
LONGEST = 1800
"""Seconds within which everything must have happened; it takes about two minutes."""


class Load(Payload):
    """As in the job itself."""

    contract: ClassVar[JobContract] = JobContract(name="load", version=1, key=("number",))

    number: int
    """Which of the many."""

    sent: float
    """When it was sent, in seconds since the epoch."""

    fails: bool = False
    """Whether its first attempt fails."""

    killed: bool = False
    """Whether its first worker is killed."""


def _deploy(on: Stage, directory: Path) -> tuple[str, str]:
    code, layer = package(directory, load_job.JOB, load_job.SOURCES)
    on.layer(layer)
    for table in (TABLE, "effects"):
        on.table(table)
    queue, dead = on.queues(load_job.JOB, VISIBILITY, RECEIVES)
    environment = {
        "JOB_NAME": load_job.JOB,
        "JOB_ENVIRONMENT": "load",
        "JOB_QUEUE_URL": queue,
        "JOB_DEAD_LETTER_QUEUE_URL": dead,
        "JOB_MAX_ATTEMPTS": str(ATTEMPTS),
        "JOB_MAX_RECEIVES": str(RECEIVES),
        "JOB_MESSAGE_RETENTION": "345600",
        "JOB_BACKOFF_BASE": "1",
        "JOB_BACKOFF_CAP": "4",
        "JOB_VISIBILITY_TIMEOUT": str(VISIBILITY),
        "JOB_RECORD_RETENTION": "100000",
        "JOB_SECRETS": "{}",
        "JOBS_TABLE": TABLE,
        "JOBS_QUEUE_BASE_URL": queue.removesuffix(load_job.JOB),
        "JOBS_SOURCE": "load",
        "POWERTOOLS_SERVICE_NAME": load_job.JOB,
        "POWERTOOLS_METRICS_NAMESPACE": "Load",
        "KILLS": str(directory),
    }
    on.function(
        load_job.JOB,
        code,
        "generated.entrypoints.load.lambda_handler",
        environment,
        timeout=TIMEOUT,
    )
    on.feed(load_job.JOB, batch=10, concurrency=8)
    return queue, dead


def _kill(directory: Path, numbers: list[int], done: list[int]) -> None:
    """Kill, from outside, the process that works on each of some messages."""
    deadline = time.monotonic() + LONGEST
    for number in numbers:
        note = directory / str(number)
        while time.monotonic() < deadline and not (note.is_file() and note.read_text()):
            time.sleep(0.05)
        os.kill(int(note.read_text()), signal.SIGKILL)
        done.append(number)


def _send(producer: Producer) -> tuple[int, float]:
    """Send all at the rate; return how many messages that were, copies included, and its time."""
    begin, sent = time.monotonic(), 0
    for start in range(0, MESSAGES, CHUNK):
        now = time.time()
        chunk = [
            Load(number=n, sent=now, fails=n % 20 == 7, killed=n in {100, 400, 700})
            for n in range(start, start + CHUNK)
        ]
        chunk += [message for message in chunk if message.number % 20 == 3]
        result = producer.enqueue_many(chunk)
        assert not result.failed
        sent += len(result.accepted)
        time.sleep(max(0.0, begin + (start + CHUNK) / RATE - time.monotonic()))
    return sent, time.monotonic() - begin


def test_burst_is_done_once_and_completely(tmp_path: Path) -> None:
    """Of 1,000 messages with copies, failures and kills none is lost and none done twice."""
    with stage(tmp_path) as on:
        queue, dead = _deploy(on, tmp_path)
        settings = ProducerSettings(queue.removesuffix(load_job.JOB), "load")
        killed: list[int] = []
        killer = threading.Thread(target=_kill, args=(tmp_path, [100, 400, 700], killed))
        killer.start()
        sent, sending = _send(Producer(settings, on.sqs))
        draining = on.drain(queue, LONGEST)
        killer.join(LONGEST)
        effects, left, letters = _effects(on), on.waiting(queue), on.waiting(dead)

    times = [int(item["times"]["N"]) for item in effects.values()]
    waits = sorted(float(item["waited"]["N"]) for item in effects.values())
    say(
        f"load: {sent} messages ({sent - MESSAGES} copies, {MESSAGES // 20} failing once,"
        f" {len(killed)} workers killed) in {sending:.1f} s = {sent / sending:.0f}/s;"
        f" drained {draining:.1f} s later; done {len(times)}, twice"
        f" {sum(n > 1 for n in times)}, left {left}, dead {letters};"
        f" wait p50 {statistics.median(waits):.1f} s, p99 {waits[-len(waits) // 100]:.1f} s"
    )
    assert sorted(killed) == [100, 400, 700]
    assert times == [1] * MESSAGES
    assert (left, letters) == (0, 0)


def _effects(on: Stage) -> dict[str, Any]:
    pages = on.dynamodb.get_paginator("scan").paginate(TableName="effects")
    return {item["id"]["S"]: item for page in pages for item in page["Items"]}

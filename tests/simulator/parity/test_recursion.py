"""Lambda stops a function that starts itself through a queue, as it does in the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs import enqueue
from clarivum_jobs.testing import Deployment, World
from clarivum_jobs.testing.machine import lineage
from clarivum_jobs.worker import Worker
from tests.simulator.aws import sqs
from tests.simulator.parity.probe import JOB, URL, probe
from tests.simulator.sample import JOB as SAMPLE
from tests.simulator.sample import Sample

if TYPE_CHECKING:
    from clarivum_jobs import JobContext

_TURNS = st.lists(st.sampled_from("abc"), max_size=40)


def _sends_on(batch: bool) -> Any:  # noqa: ANN401, FBT001 - a handler, and whether it sends batches
    def answer(event: dict[str, Any], _context: object) -> None:
        for record in event["Records"]:
            following = str(int(record["body"]) + 1)
            if batch:
                entry: Any = {"Id": "a", "MessageBody": following}
                sqs().send_message_batch(QueueUrl=URL, Entries=[entry])
            else:
                sqs().send_message(QueueUrl=URL, MessageBody=following)

    return answer


@pytest.mark.parametrize("batch", [False, True])
def test_loop_is_stopped_after_sixteen_turns(batch: bool) -> None:  # noqa: FBT001
    """The next message is refused at each receive, counted, and ends in the dead-letter queue."""
    with probe(_sends_on(batch), enqueues=(JOB,), max_attempts=3) as world:
        sqs().send_message(QueueUrl=URL, MessageBody="0")
        world.settle()

        assert [run.state for run in world.runs] == ["ok"] * 16
        assert [m.body for m in world.dead_letters(JOB).messages.values()] == ["16"]
        assert world.mappings[JOB].recursive_invocations_dropped == 3
        assert world.trace.text.count("RecursiveInvocationsDropped") == 3


def test_sixteen_messages_of_a_handler_are_no_loop() -> None:
    """Turns are counted in a chain, not over all messages; what others send starts a new one."""

    def answer(event: dict[str, Any], _context: object) -> None:
        if event["Records"][0]["body"] == "first":
            for number in range(40):
                sqs().send_message(QueueUrl=URL, MessageBody=str(number))

    with probe(answer, enqueues=(JOB,)) as world:
        for _ in range(20):
            sqs().send_message(QueueUrl=URL, MessageBody="other")
        sqs().send_message(QueueUrl=URL, MessageBody="first")
        world.settle()

        assert len(world.runs) == 61
        assert not world.dead_letters(JOB).messages


def test_loop_of_two_jobs_is_stopped_too() -> None:
    """Each function is counted by itself, wherever the chain goes in between."""
    ran: list[str] = []

    def hands_over(name: str, other: str) -> Deployment:
        def answer(_event: object, _context: object) -> None:
            ran.append(name)
            sqs().send_message(QueueUrl=URL.replace(JOB, other), MessageBody="x")

        return Deployment(name, lambda: answer, enqueues=(other,))

    with World() as world:
        world.deploy(hands_over("probe", "second"))
        world.deploy(hands_over("second", "probe"))
        sqs().send_message(QueueUrl=URL, MessageBody="x")
        world.settle()

    assert (ran.count("probe"), ran.count("second")) == (16, 16)


def test_loop_through_a_schedule_is_not_seen() -> None:
    """EventBridge Scheduler does not hand the trace on: a long delay begins a new chain."""

    def again(payload: Sample, _context: JobContext) -> None:
        if int(payload.name) < 30:
            enqueue(Sample(name=str(int(payload.name) + 1)), delay=3600)

    with World() as world:
        world.deploy(Deployment(SAMPLE, lambda: Worker(Sample, again), enqueues=(SAMPLE,)))
        enqueue(Sample(name="0"))
        world.run(3 * 86_400)

        assert len(world.runs) == 31


@settings(max_examples=100, deadline=None)
@given(chain=_TURNS, others=st.lists(_TURNS, max_size=3))
def test_header_counts_the_turns_of_its_longest_chain(chain: str, others: list[str]) -> None:
    """However chains meet in a batch, a function's count is that of the chain with most of it."""

    def header(turns: str) -> list[str]:
        headers: list[str] = []
        for number, function in enumerate(turns):
            headers = [lineage.continued(function, number, headers)]
        return headers

    met = [text for turns in (chain, *others) for text in header(turns)]

    for function in "abc":
        expected = max(turns.count(function) for turns in (chain, *others))
        assert lineage.turns(function, met) == expected
        after = lineage.continued(function, 0, met)
        assert lineage.turns(function, [after]) == expected + 1

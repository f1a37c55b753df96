"""Who is worked on alone, by how often it was received in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.runtime.bench import SETTINGS, Bench, body, record


@pytest.mark.parametrize("most", [11, 12, 66, 67, 1000])
def test_beyond_half_of_its_receives_a_message_runs_alone(most: int) -> None:
    """The half is spare room for what else may go wrong; up to there others run beside it."""
    for receives, beside in ((most // 2, 2), (most // 2 + 1, 1)):
        bench = Bench(replace(SETTINGS, max_receives=most))
        old, new = record(body(copy_no=1), "old", receives), record(body(copy_no=2), "new")
        answer = bench.start({"Records": [new, old]})

        assert [payload.copy_no for payload, _ in bench.handler.seen] == [1, 2][:beside]
        left = [] if beside == len([old, new]) else ["new"]
        assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == left


def test_of_several_the_one_received_most_is_alone() -> None:
    """It is the closest to being parked for nothing."""
    bench = Bench(replace(SETTINGS, max_receives=10))
    batch = [record(body(copy_no=n), f"m{n}", n) for n in range(1, 10)]
    answer = bench.start({"Records": batch})

    assert [payload.copy_no for payload, _ in bench.handler.seen] == [9]
    assert {each["itemIdentifier"] for each in answer["batchItemFailures"]} == {
        f"m{n}" for n in range(1, 9)
    }

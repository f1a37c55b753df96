"""A duplicate with other content is told apart from a true one: its key may forget a field."""

import itertools
from dataclasses import replace

import pytest

from tests.runtime.bench import SETTINGS, Bench, body, log_lines, metrics, record

CONTENTS: list[dict[str, object]] = [
    {"note": "pay 10"},
    {"note": "pay 99"},
    {"note": None},
    {},
    {"others": ["eve@customer.example"]},
    {"home": {"street": "Long Lane 7"}},
    {"home": {"street": "Long Lane 7", "country": "FR"}},
]


@pytest.mark.parametrize(("one", "other"), list(itertools.product(CONTENTS, repeat=2)))
def test_other_content_under_one_key_is_told(
    one: dict[str, object],
    other: dict[str, object],
    bench: Bench,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is acknowledged like a duplicate, with a warning and a count; an equal one is not told."""
    assert bench.run(record(body(**one), "m-1")) == []
    capsys.readouterr()
    assert bench.run(record(body(**other), "m-2")) == []

    output = capsys.readouterr().out
    line = log_lines(output)[-1]
    told = (line["level"], line["outcome"])
    assert len(bench.handler.seen) == 1
    if one == other:
        assert told == ("INFO", "duplicate")
        assert metrics(output) == {}
    else:
        assert told == ("WARNING", "conflicting_duplicate")
        assert metrics(output)["conflicting_duplicates_total"] == [1]


def test_a_true_duplicate_after_a_conflict_is_one_again(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was noted of one message is not told of the next, in one batch or in two."""
    batch = [
        record(body(note=note), f"m-{number}") for number, note in enumerate(("a", "b", "a", "b"))
    ]
    for delivery in (batch[:3], batch[3:]):
        assert bench.run(*delivery) == []

    outcomes = [line["outcome"] for line in log_lines(capsys.readouterr().out)]
    assert outcomes == ["done", "conflicting_duplicate", "duplicate", "conflicting_duplicate"]


def test_a_job_may_ask_for_conflicts_to_be_parked() -> None:
    """With `on_conflict: park` it is a dead letter with its reason; a true duplicate is none."""
    bench = Bench(replace(SETTINGS, on_conflict="park"))
    for number, note in enumerate(("pay 10", "pay 99", "pay 10")):
        assert bench.run(record(body(note=note), f"m-{number}")) == []

    (letter,) = bench.dead
    assert '"pay 99"' in letter["MessageBody"]
    code = letter["MessageAttributes"]["error_code"]["StringValue"]
    assert code == "conflicting_duplicate"
    assert len(bench.handler.seen) == 1
    done = [item for item in bench.table.items.values() if item.get("status") == {"S": "done"}]
    assert len(done) == 1

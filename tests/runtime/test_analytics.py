"""A day of events is exported whole, once, from the page that was reached; a range is its days."""

import dataclasses
import datetime as dt
import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarivum_jobs import BatchResult, Failure, JobContext, PermanentError, Receipt, RetryAfter
from generated.payloads.analytics_backfill import AnalyticsBackfill
from handlers.analytics_backfill import DaysNotTakenError, handle
from handlers.support.party import PartyError
from tests.runtime.fakes import FakeS3, Item, refusal
from tests.runtime.handler_support import attempt
from tests.runtime.parties import CUT, Parties, serving

DAY = dt.date(2026, 1, 5)
PAYLOAD = AnalyticsBackfill(export_id="q1 / all", day=DAY)
PLACE = "exports/q1%20%2F%20all/2026-01-05"
ROWS = [{"id": number, "name": "click", "text": "ü\u2028\n"} for number in range(25)]


_FATES = st.sampled_from(["fine"] * 6 + ["before", "after"])


class FailingS3(FakeS3):
    """Answers with an error where its fate says so, before or after it did what was asked."""

    def __init__(self, fate: Callable[[], str]) -> None:
        """Ask `fate` at each call."""
        super().__init__()
        self.fate = fate

    def call(self, operation: str, request: Item) -> Item:
        """Carry out one operation, or seem not to."""
        fate = self.fate()
        if fate == "before":
            raise refusal(code="InternalError")
        answer = super().call(operation, request)
        if fate == "after":
            raise refusal(code="InternalError")
        return answer


@pytest.fixture
def parties(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parties]:
    """Return the parties, with a day of events, ten a page and two pages a part."""
    monkeypatch.setattr("handlers.support.events._PAGE_SIZE", 10)
    monkeypatch.setattr("handlers.support.day_export.MOST_ROWS", 20)
    with serving(Parties(events={str(DAY): ROWS})) as served:
        monkeypatch.setenv("ANALYTICS_URL", served.url)
        monkeypatch.setenv("DATA_BUCKET", "data")
        yield served


def _attempt(*remaining: float) -> JobContext:
    """Return an attempt whose time left is told by these numbers, the last one for good."""
    left = iter(remaining or (600.0,))
    last = 0.0

    def time_left() -> float:
        nonlocal last
        last = next(left, last)
        return last

    return dataclasses.replace(
        attempt(), secret=lambda name, **_: f"value of {name}", remaining_time=time_left
    )


def exported(bucket: FakeS3, place: str = PLACE) -> list[Any]:
    """Return the rows that the manifest names, which must be all there are."""
    objects = {key: stored.body for (_, key), stored in bucket.model.objects.items()}
    manifest = json.loads(objects.pop(f"{place}/manifest.json"))
    rows: list[Any] = []
    for part in manifest["parts"]:
        content = objects.pop(part["key"])
        lines = gzip.decompress(content).decode().splitlines()
        assert (part["rows"], part["bytes"]) == (len(lines), len(content))
        rows += map(json.loads, lines)
    assert manifest["rows"] == len(rows)
    assert objects == {}
    return rows


def test_day_is_exported_in_parts_with_a_manifest_of_their_rows(
    parties: Parties, bucket: FakeS3
) -> None:
    """Every row of the source once, in its order; what was reached is forgotten at the end."""
    handle(PAYLOAD, _attempt())

    assert exported(bucket) == ROWS
    assert bucket.model.keys("data") == [
        f"{PLACE}/manifest.json",
        f"{PLACE}/part-00001.ndjson.gz",
        f"{PLACE}/part-00002.ndjson.gz",
    ]
    assert parties.asked == ["GET /v1/events"] * 3


@pytest.mark.usefixtures("parties")
def test_day_without_events_is_exported_too(bucket: FakeS3) -> None:
    """Its manifest says so."""
    handle(AnalyticsBackfill(export_id="a", day=dt.date(2026, 1, 6)), _attempt())

    assert exported(bucket, "exports/a/2026-01-06") == []


def test_day_that_was_exported_is_left_alone(parties: Parties, bucket: FakeS3) -> None:
    """Nobody is asked, and no object changes."""
    handle(PAYLOAD, _attempt())
    before = dict(bucket.model.objects)
    parties.asked.clear()

    handle(PAYLOAD, _attempt())

    assert bucket.model.objects == before
    assert parties.asked == []


def test_attempt_that_is_out_of_time_ends_by_itself_and_the_next_goes_on(
    parties: Parties, bucket: FakeS3
) -> None:
    """From the page that was reached: no page is asked for twice."""
    with pytest.raises(RetryAfter, match="time is up after 10 rows") as caught:
        handle(PAYLOAD, _attempt(600, 50))
    assert caught.value.code == "time_up"
    with pytest.raises(RetryAfter, match="time is up after 20 rows"):
        handle(PAYLOAD, _attempt(600, 50))
    handle(PAYLOAD, _attempt(600, 50))

    assert exported(bucket) == ROWS
    assert parties.asked == ["GET /v1/events"] * 3


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_failing_anywhere_loses_and_doubles_no_row(
    parties: Parties, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    """Before or after any call to S3, or at any page, and however often; then it succeeds."""
    parties.events[str(DAY)] = rows = [{"id": n} for n in range(data.draw(st.integers(0, 70)))]
    store = FailingS3(lambda: data.draw(_FATES))
    monkeypatch.setattr("clarivum_jobs.core.clients.s3", lambda: store)
    for _ in range(8):
        parties.failures = data.draw(st.sampled_from([{}, {}, {"/v1/events": CUT}]))
        left = data.draw(st.lists(st.sampled_from([600.0, 10.0]), min_size=1, max_size=6))
        try:
            handle(PAYLOAD, _attempt(*left))
        except (ClientError, PartyError, RetryAfter):
            continue
        break
    store.fate = lambda: "fine"
    parties.failures = {}
    handle(PAYLOAD, _attempt())

    assert exported(store) == rows


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ((500, {}, b""), PartyError),
        ((429, {"Retry-After": "40"}, b""), RetryAfter),
        ((401, {}, b""), PartyError),
        ((400, {}, b""), PermanentError),
        ((200, {}, b'{"events": 1, "next": null}'), PartyError),
        ((200, {}, b'{"events": []}'), PartyError),
        ((200, {}, b'{"events": [], "next": ""}'), PartyError),
        ((302, {"Location": "http://127.0.0.1:9001/"}, b""), PermanentError),
        (CUT, PartyError),
    ],
)
def test_answer_of_the_events_api_decides_about_another_attempt(
    parties: Parties,
    bucket: FakeS3,
    failure: tuple[int, dict[str, str], bytes] | str,
    error: type[Exception],
) -> None:
    """Nothing is written of an answer that is none."""
    parties.failures["/v1/events"] = failure

    with pytest.raises(error):
        handle(PAYLOAD, _attempt())
    assert bucket.model.objects == {}


@pytest.mark.parametrize("ago", [-400, -1, 0])
@pytest.mark.parametrize("days", [1, 2, 366])
def test_day_that_is_not_over_is_not_exported(
    parties: Parties, monkeypatch: pytest.MonkeyPatch, ago: int, days: int
) -> None:
    """Part of it would pass for all of it; a range with such a day is not begun."""
    monkeypatch.setattr("handlers.analytics_backfill.enqueue_many", None)
    last = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=ago)
    first = last - dt.timedelta(days=days - 1)

    with pytest.raises(PermanentError, match="once it is over") as caught:
        handle(AnalyticsBackfill(export_id="a", day=first, days=days), _attempt())
    assert caught.value.code == "day_not_over"
    assert parties.asked == []


def test_days_that_the_queue_does_not_take_fail_the_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those that it took are on record; another attempt sends all again."""
    taken = tuple(Receipt(f"job-{n}", "m", "k") for n in range(2))
    lost = (Failure(2, "analytics-backfill", "InternalError", "lost"),)
    monkeypatch.setattr(
        "handlers.analytics_backfill.enqueue_many", lambda _payloads: BatchResult(taken, lost)
    )
    noted: list[Any] = []
    context = dataclasses.replace(attempt(), split_into=lambda job, ids: noted.append((job, *ids)))

    with pytest.raises(DaysNotTakenError, match="1 of 3 days were not enqueued: InternalError"):
        handle(AnalyticsBackfill(export_id="a", day=DAY, days=3), context)
    assert noted == [("analytics-backfill", "job-0", "job-1")]

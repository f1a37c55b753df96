"""Handler of analytics-backfill: exports a day of product events, or makes a job of each day.

A child's key is its export and its day, so a range that is asked for again, or overlaps another,
exports no day twice.
"""

import datetime as dt
import functools

from clarivum_jobs import JobContext, PermanentError, RetryAfter, enqueue_many
from clarivum_jobs.core.settings import variable
from generated.payloads.analytics_backfill import AnalyticsBackfill
from handlers.support import events
from handlers.support.day_export import DayExport
from handlers.support.party import Party

# Seconds that the longest step takes: a page of events, then a part and the progress to S3.
_LONGEST_STEP = 90


class DaysNotTakenError(Exception):
    """Some days could not be enqueued; another attempt sends all again, which doubles none."""


def handle(payload: AnalyticsBackfill, context: JobContext) -> None:
    """Export the day, from the page that an earlier attempt has reached; or split the range.

    Raises:
        PermanentError: The range is not over, or the events' API refuses the question.
        RetryAfter: Time is up, and the next attempt goes on; or the API wants to be left alone.
        PartyError: The API did not answer as it should.
        DaysNotTakenError: The queue did not take every day.
        ClientError: S3 did not answer as it should.
    """
    days = _days(payload)
    if len(days) > 1:
        _split(payload.export_id, days, context)
        return
    export = DayExport(variable("DATA_BUCKET"), payload.export_id, str(payload.day))
    if export.done():
        export.forget_progress()  # which a crash may have left
        context.logger.info("day was exported before", extra={"day": export.day})
        return
    key = {"Authorization": f"Bearer {context.secret('analytics-api-key')}"}
    ask = functools.partial(events.page, Party("analytics", variable("ANALYTICS_URL"), key))
    progress = export.progress()
    while progress.cursor is not None:
        if context.remaining_time() < _LONGEST_STEP:
            message = f"time is up after {progress.rows} rows; the next attempt goes on from there"
            raise RetryAfter(1, message, code="time_up")
        progress = export.add(
            progress,
            functools.partial(ask, export.day),
            lambda: context.remaining_time() >= _LONGEST_STEP,
        )
    export.finish(progress)
    context.logger.info("day exported", extra={"day": export.day, "rows": progress.rows})


def _days(payload: AnalyticsBackfill) -> list[dt.date]:
    """Return the days of a payload.

    Raises:
        PermanentError: One of them is not over yet: what is exported of it would not be all.
    """
    today = dt.datetime.now(dt.UTC).date()
    if (today - payload.day).days < payload.days:
        message = "a day is exported once it is over in UTC"
        raise PermanentError(message, code="day_not_over")
    return [payload.day + dt.timedelta(days=number) for number in range(payload.days)]


def _split(export_id: str, days: list[dt.date], context: JobContext) -> None:
    children = [AnalyticsBackfill(export_id=export_id, day=day) for day in days]
    sent = enqueue_many(children)
    context.split_into(
        AnalyticsBackfill.contract.name, [receipt.job_id for receipt in sent.accepted]
    )
    if sent.failed:
        codes = ", ".join(sorted({failure.code for failure in sent.failed}))
        message = f"{len(sent.failed)} of {len(days)} days were not enqueued: {codes}"
        raise DaysNotTakenError(message)
    context.logger.info("range split", extra={"days": len(days)})

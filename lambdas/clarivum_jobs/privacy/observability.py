"""Logs and metrics: ids and codes, never what a payload holds."""

import json
import logging
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import (
    AmazonCloudWatchEMFProvider,
)

from clarivum_jobs.privacy.output import clean_message
from clarivum_jobs.privacy.sensitive import as_text, cleaned_line

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_logger(job: str) -> Logger:
    """Return the job's logger: one JSON object a line, without sensitive values."""
    logger = Logger(
        service=job,
        utc=True,
        use_rfc3339=True,
        json_serializer=_serialise,
    )
    below = logging.getLogger(job)
    # Handlers of others on the root logger see the records before they are serialised.
    below.addFilter(clean_message)
    below.makeRecord = _record  # type: ignore[method-assign,assignment] # of this logger alone
    logger.append_keys(job=job)
    return logger


class JobMetrics:
    """The metrics of a job, collected during an invocation and written at its end."""

    def __init__(self, namespace: str, environment: str, job: str) -> None:
        """Count under `namespace`, with environment and job as the dimensions.

        The job alone would make one metric of two environments in one account.
        """
        self._namespace = namespace
        self._work = {"environment": environment, "job": job}
        self._emf = self._provider(self._work)
        self._runs: dict[str, AmazonCloudWatchEMFProvider] = {}

    def _provider(self, dimensions: "Mapping[str, str]") -> AmazonCloudWatchEMFProvider:
        emf = AmazonCloudWatchEMFProvider(namespace=self._namespace)
        # Powertools adds a `service` dimension by itself: alarms ask for these alone.
        emf.service = ""
        emf.set_default_dimensions(**dimensions)
        return emf

    def done(self, seconds: float) -> None:
        """Count a job that was done, and how long it took."""
        self._emf.add_metric("job_processed_total", MetricUnit.Count, 1)
        self._emf.add_metric("job_duration_seconds", MetricUnit.Seconds, seconds)

    def failed(self) -> None:
        """Count an attempt that failed."""
        self._emf.add_metric("job_failed_total", MetricUnit.Count, 1)

    def parked(self) -> None:
        """Count a message that was sent to the dead-letter queue."""
        self._emf.add_metric("dlq_messages_total", MetricUnit.Count, 1)

    def conflicted(self) -> None:
        """Count a duplicate whose content differs from that of the work that was done."""
        self._emf.add_metric("conflicting_duplicates_total", MetricUnit.Count, 1)

    def skipped(self, why: str) -> None:
        """Count a run that was not begun: it was `stale`, or would have been an `overlap`."""
        self._emf.add_metric(f"{why}_runs_total", MetricUnit.Count, 1)

    def run_came(self, schedule: str) -> None:
        """Count a run that a schedule asked for, begun or not: an alarm waits for it."""
        emf = self._runs.setdefault(schedule, self._provider({**self._work, "schedule": schedule}))
        emf.add_metric("scheduled_runs_total", MetricUnit.Count, 1)

    def flush(self) -> None:
        """Write what was counted, if anything was."""
        for emf in (self._emf, *self._runs.values()):
            if emf.metric_set:
                emf.flush_metrics()


_EXTRA = 8
"""Place of a line's fields among what `logging` hands over to make its record."""

_TAKEN = {*vars(logging.makeLogRecord({})), "message", "asctime"}
"""Names of a record's own, which `logging` refuses as fields of a line."""


def _record(*parts: Any) -> logging.LogRecord:  # noqa: ANN401 - as `logging` has them
    """Make a record; a field that bears a name of the record's own gets one beside it."""
    names = {name: as_text(name) for name in parts[_EXTRA] or ()}
    fields = {
        f"{text}_" if text in _TAKEN else text: parts[_EXTRA][name] for name, text in names.items()
    }
    make: Any = logging.root.makeRecord
    made: logging.LogRecord = make(*parts[:_EXTRA], fields, *parts[_EXTRA + 1 :])
    return made


def _serialise(line: "Mapping[str, Any]") -> str:
    return json.dumps(cleaned_line(line), separators=(",", ":"), default=str)

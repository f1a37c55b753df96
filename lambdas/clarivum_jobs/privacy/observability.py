"""Logs and metrics: ids and codes, never what a payload holds."""

import contextlib
import json
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import (
    AmazonCloudWatchEMFProvider,
)

from clarivum_jobs.privacy.output import clean_message
from clarivum_jobs.privacy.sensitive import cleaned_line

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
    # Handlers of others on the root logger see the records before they are serialised.
    logging.getLogger(job).addFilter(clean_message)
    logger.append_keys(job=job)
    return logger


@contextlib.contextmanager
def own_keys(logger: Logger) -> Iterator[None]:
    """Let what is appended to a logger inside the block end with it: it is one message's."""
    before = dict(logger.get_current_keys())
    try:
        yield
    finally:
        logger.remove_keys([key for key in logger.get_current_keys() if key not in before])
        logger.append_keys(**before)


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


def _serialise(line: "Mapping[str, Any]") -> str:
    return json.dumps(cleaned_line(line), separators=(",", ":"), default=str)

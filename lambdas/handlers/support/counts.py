"""Metrics of a job's own, beside those that the worker counts for every job."""

from collections.abc import Mapping

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.metrics.provider.cloudwatch_emf.cloudwatch import (
    AmazonCloudWatchEMFProvider,
)

from clarivum_jobs.core.settings import variable


def publish(job: str, counts: Mapping[str, int]) -> None:
    """Count under the project's namespace, with environment and job as the dimensions."""
    metrics = AmazonCloudWatchEMFProvider(namespace=variable("POWERTOOLS_METRICS_NAMESPACE"))
    # Powertools adds a `service` dimension by itself: dashboards ask for these alone.
    metrics.service = ""
    metrics.set_default_dimensions(environment=variable("JOB_ENVIRONMENT"), job=job)
    for name, count in counts.items():
        metrics.add_metric(name, MetricUnit.Count, count)
    metrics.flush_metrics()
    metrics.clear_metrics()

"""What a worker works with, made once in the life of a sandbox."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from clarivum_jobs.core import clients
from clarivum_jobs.core.context import Secrets
from clarivum_jobs.core.own_log import OwnLog
from clarivum_jobs.core.settings import ProducerSettings, WorkerSettings
from clarivum_jobs.privacy.observability import JobMetrics, make_logger
from clarivum_jobs.producer.producer import Producer
from clarivum_jobs.records.records import Records
from clarivum_jobs.schedules.overlap import Overlap

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Services:
    """The connections of a worker to its surroundings.

    Attributes:
        settings: The worker's own.
        sqs: Client for its queues.
        producer: For runs that a schedule asks for.
        records: What is on record of every piece of work, which decides what may run.
        overlap: The last runs of its schedules.
        secrets: Values of its secrets.
        logger: The job's, as handlers have it.
        log: Writes this library's own lines to it.
        metrics: Its counts.
    """

    settings: WorkerSettings
    sqs: "SQSClient"
    producer: Producer
    records: Records
    overlap: Overlap
    secrets: Secrets
    logger: "Logger"
    log: OwnLog
    metrics: JobMetrics

    @classmethod
    def from_environment(cls) -> Self:
        """Make everything from the function's environment.

        Raises:
            SettingsError: The environment lacks something.
        """
        return cls.of(
            WorkerSettings.from_environment(),
            ProducerSettings.of_own_queue(),
            clients.sqs(),
            clients.dynamodb(),
        )

    @classmethod
    def of(
        cls,
        settings: WorkerSettings,
        sending: ProducerSettings,
        sqs: "SQSClient",
        dynamodb: "DynamoDBClient",
    ) -> Self:
        """Make everything from settings and clients."""
        logger = make_logger(settings.job)
        return cls(
            settings=settings,
            sqs=sqs,
            producer=Producer(sending, sqs),
            records=Records(settings, dynamodb),
            overlap=Overlap(settings, dynamodb),
            secrets=Secrets(MappingProxyType(dict(settings.secrets))),
            logger=logger,
            log=OwnLog(logger),
            metrics=JobMetrics(settings.metrics_namespace, settings.environment, settings.job),
        )

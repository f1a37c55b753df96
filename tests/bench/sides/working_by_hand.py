"""The same with Powertools by hand: `... working_by_hand MESSAGES aws|memory`.

Batch, idempotency, logger and metrics of Powertools, put together as its documents do it; in
`memory` the idempotency is a set of keys.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it
import sys
import time
from typing import TYPE_CHECKING, Any, Literal, cast

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from pydantic import UUID4, BaseModel, Field

from tests.bench.sides.job import JOB
from tests.bench.sides.lines import heard
from tests.bench.sides.network import Network
from tests.bench.sides.timed import CONTEXT, worked

if TYPE_CHECKING:
    from collections.abc import Callable

    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


class Order(BaseModel):
    """The payload."""

    order_id: UUID4
    amount: int = Field(ge=0)
    currency: Literal["EUR", "USD"] = "EUR"
    note: str | None = None


class Message(BaseModel):
    """The message."""

    id: str
    type: Literal["jobs.bench-job"]
    time: dt.datetime
    idempotencykey: str = Field(pattern="^[0-9a-f]{64}$")
    traceparent: str
    contractversion: Literal[1]
    data: Order


def once_in_memory(work: Callable[[Message], None]) -> Callable[[Message], None]:
    """Return work that is done once for a key."""
    done = set[str]()

    def once(message: Message) -> None:
        if message.idempotencykey not in done:
            work(message)
            done.add(message.idempotencykey)

    return once


def once_in_table(work: Callable[[Message], None]) -> Callable[[Message], None]:
    """Return work that is done once for a key, by a table."""
    layer = DynamoDBPersistenceLayer("jobs", boto3_client=cast("Any", boto3.client("dynamodb")))
    config = IdempotencyConfig(event_key_jmespath="idempotencykey", use_local_cache=False)

    @idempotent_function(  # type: ignore[untyped-decorator] # Powertools has no types there
        data_keyword_argument="data", persistence_store=layer, config=config
    )
    def guarded(*, message: Message, data: dict[str, str]) -> None:  # noqa: ARG001 - names the work
        work(message)

    def once(message: Message) -> None:
        config.register_lambda_context(CONTEXT)
        guarded(message=message, data={"idempotencykey": message.idempotencykey})

    return once


def main(count: int, kind: str) -> None:
    """Work on so many messages, each the only one of its run."""
    network, lines = Network(), heard()
    network.install()
    logger, metrics = Logger(service=JOB), Metrics(namespace="Bench", service=JOB)
    processor = BatchProcessor(event_type=EventType.SQS)
    seen: list[Order] = []
    once = (once_in_table if kind == "aws" else once_in_memory)(
        lambda message: seen.append(message.data)
    )

    def record_handler(record: SQSRecord) -> None:
        message = Message.model_validate_json(record.body)
        began = time.monotonic()
        with logger.append_context_keys(job_id=message.id):
            once(message)
            seconds = time.monotonic() - began
            metrics.add_metric("job_processed_total", MetricUnit.Count, 1)
            metrics.add_metric("job_duration_seconds", MetricUnit.Seconds, seconds)
            logger.info(
                "job done",
                extra={
                    "message_id": record.message_id,
                    "receives": record.attributes.approximate_receive_count,
                    "idempotency_key": message.idempotencykey,
                    "traceparent": message.traceparent,
                    "duration_seconds": round(seconds, 3),
                },
            )

    @metrics.log_metrics
    def handler(event: dict[str, Any], context: Any) -> Any:  # noqa: ANN401 - as Lambda has it
        return process_partial_response(event, record_handler, processor, context)

    worked(handler, count, seen, network, lines)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

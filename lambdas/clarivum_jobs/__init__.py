"""Background jobs: enqueue typed payloads; a worker does each once, or says why it could not.

Producers import from here. A worker's parts live in their own modules, so that a web function
that only enqueues does not load them.
"""

from clarivum_jobs.contract.payload import JobContract, Payload, PayloadObject
from clarivum_jobs.core.context import JobContext
from clarivum_jobs.core.errors import (
    EnqueueError,
    InvalidPayloadError,
    JobClosedError,
    PermanentError,
    RetryAfter,
)
from clarivum_jobs.producer import Producer, cancel, enqueue, enqueue_json, enqueue_many
from clarivum_jobs.producer.results import BatchResult, Failure, Receipt

__all__ = [
    "BatchResult",
    "EnqueueError",
    "Failure",
    "InvalidPayloadError",
    "JobClosedError",
    "JobContext",
    "JobContract",
    "Payload",
    "PayloadObject",
    "PermanentError",
    "Producer",
    "Receipt",
    "RetryAfter",
    "cancel",
    "enqueue",
    "enqueue_json",
    "enqueue_many",
]

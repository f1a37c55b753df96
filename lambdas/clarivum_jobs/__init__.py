"""Background jobs: enqueue typed payloads; a worker does each once, or says why it could not.

Producers import from here. A worker's parts live in their own modules, so that a web function
that only enqueues does not load them.
"""

from clarivum_jobs.errors import InvalidPayloadError, PermanentError, RetryAfter
from clarivum_jobs.payload import JobContract, Payload, PayloadObject

__all__ = [
    "InvalidPayloadError",
    "JobContract",
    "Payload",
    "PayloadObject",
    "PermanentError",
    "RetryAfter",
]

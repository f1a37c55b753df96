"""What runs a handler: one attempt for each message, and what becomes of it."""

from clarivum_jobs.worker.entry import UnknownEventError, Worker

__all__ = ["UnknownEventError", "Worker"]

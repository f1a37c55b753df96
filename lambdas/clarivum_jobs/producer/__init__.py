"""The one way in: every message is validated, keyed and enveloped here, whoever sends it."""

from clarivum_jobs.producer.functions import cancel, enqueue, enqueue_json, enqueue_many
from clarivum_jobs.producer.producer import Producer

__all__ = ["Producer", "cancel", "enqueue", "enqueue_json", "enqueue_many"]

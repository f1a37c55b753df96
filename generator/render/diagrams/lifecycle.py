"""`bpmn-job-lifecycle.mmd`: the life of a message, with BPMN's shapes, as Mermaid draws them."""

from generator.manifest.resolved import Manifest
from generator.manifest.types import duration_text


def limits(manifest: Manifest) -> tuple[str, str]:
    """Return how many attempts there are, and the longest wait; a range where jobs differ."""
    workers = list(manifest.every_worker)
    attempts = sorted({worker.max_attempts for worker in workers})
    caps = sorted({worker.backoff.cap for worker in workers})
    tries = str(attempts[0]) if len(attempts) == 1 else f"{attempts[0]} to {attempts[-1]}"
    return tries, duration_text(caps[-1])


def lifecycle(manifest: Manifest) -> str:
    """Return the flowchart."""
    attempts, cap = limits(manifest)
    return f"""\
flowchart LR
  sent((sent)) --> received["received<br/>from the queue"]
  received --> readable{{"contract<br/>fits?"}}
  readable -->|yes| claimed{{"key<br/>free?"}}
  claimed -->|yes| handled["handler runs"]
  handled --> ended{{"done?"}}
  ended -->|yes| recorded["recorded<br/>as done"] --> done(((done)))
  ended -->|no| left{{"attempts left<br/>of {attempts}?"}}
  left -->|yes| waiting["hidden longer each time,<br/>at most {cap}"] --> received
  left -->|no| parked
  readable -->|no| parked["dead-letter queue<br/>with its reason"]
  claimed -->|done before| skipped(((skipped)))
  parked --> alarm["alarm, on-call"] --> decided{{"mended?"}}
  decided -->|replay| received
  decided -->|discard| gone(((discarded)))
"""

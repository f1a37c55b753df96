"""One harmless job, sent and seen through: the last step of a deploy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from clarivum_jobs.records.lookup import by_id
from envs.desk import sending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from envs.desk.place import Place

JOB = "cache-warming"
_ENDED = ("done", "dead", "discarded", "stale")
_PAUSE = 2.0


def see_through(place: Place, payload: Mapping[str, Any], within: float) -> tuple[str, str]:
    """Enqueue a run and wait for its record; return its id and how it ended.

    Args:
        place: The environment.
        payload: What is sent.
        within: Seconds to wait at most; the status is then the last one that was seen.
    """
    job = place.job(JOB)
    sent = sending.send(place, job, payload, sending.How(0, "", dry_run=False))
    end = time.monotonic() + within
    status = "waiting"
    while status not in _ENDED and time.monotonic() < end:
        time.sleep(_PAUSE)
        record = by_id(place.client("dynamodb"), place.table, JOB, sent.job_id)
        status = record.status if record else status
    return sent.job_id, status

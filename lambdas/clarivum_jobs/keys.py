"""Idempotency keys: equal work has an equal key, whoever sends it, however often.

A key never comes from a message id, which changes with every send and every redrive.
"""

import hashlib
import json
from collections.abc import Mapping

from clarivum_jobs.payload import JobContract


def canonical_json(value: object) -> str:
    """Write a JSON value in its one spelling: sorted keys, no spaces, plain ASCII.

    Raises:
        TypeError: The value holds something that JSON does not know.
        ValueError: The value holds NaN or an infinity.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def payload_key(contract: JobContract, document: Mapping[str, object]) -> str:
    """Return the key of a payload, given as JSON with its defaults filled in."""
    return _digest([document.get(name) for name in contract.key])


def named_key(name: str) -> str:
    """Return the key of work that somebody named; never equal to a payload's."""
    return _digest({"name": name})


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode("ascii")).hexdigest()

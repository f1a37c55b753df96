"""Small manifests for tests, made from plain values."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.manifest.resolved import Manifest, Worker
from generator.pipeline import examine

PAYLOAD: dict[str, Any] = {
    "type": "object",
    "required": ["order_id"],
    "properties": {"order_id": {"type": "string"}},
}


_NOT_PLAIN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML takes only as an escape."""


def job(**settings: object) -> dict[str, object]:
    """Return a sound job with some settings of its own."""
    return {
        "description": "Mail a receipt.",
        "owner": "shop",
        "payload": PAYLOAD,
        "idempotency": {"key": ["order_id"]},
        **settings,
    }


def manifest(jobs: Mapping[str, object], **settings: object) -> str:
    """Return the text of a manifest; JSON is YAML."""
    whole = {"version": 1, "project": "shop", "environments": ["dev", "prod"], "jobs": jobs}
    text = json.dumps({**whole, **settings}, ensure_ascii=False, indent=1)
    return _NOT_PLAIN.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


def write(directory: Path, text: str) -> Path:
    """Write a manifest into a directory and return its path."""
    path = directory / "jobs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def resolved(directory: Path, jobs: Mapping[str, object], **settings: object) -> Manifest:
    """Return the resolved values of a sound manifest."""
    examined = examine(write(directory, manifest(jobs, **settings)))
    assert examined.manifest is not None, examined.findings
    return examined.manifest


def worker(directory: Path, environment: str = "dev", **settings: object) -> Worker:
    """Return the values of one sound job in an environment."""
    (found,) = resolved(directory, {"send-receipt": job(**settings)}).workers[environment]
    return found


def soon() -> str:
    """Return a day until which a change may be allowed, whenever the test runs."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=60)).date().isoformat()

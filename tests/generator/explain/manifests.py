"""Workers whose timelines differ in every number that a timeline depends on."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.manifest.resolved import Worker
from generator.pipeline import examine

_HEAD = """
version: 1
project: shop
environments: [dev]
defaults: {visibility_timeout: 60s}
jobs:
"""
_JOB = """
  %s:
    description: Do something.
    owner: growth
    payload: {type: object, required: [id], properties: {id: {type: string}}}
    idempotency: {key: [id]}
"""
_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "plain": ("timeout: 30s",),
    "short": ("timeout: 5s",),
    "quick": ("backoff: {base: 1s, cap: 2s}",),
    "patient": ("timeout: 1m", "backoff: {base: 5m, cap: 15m}"),
    "delayed": ("timeout: 10s", "delay: 2m", "max_attempts: 7"),
    "tight": ("timeout: 60s", "visibility_timeout: 70s", "backoff: {base: 1m, cap: 1m}"),
    "once": ("timeout: 20s", "max_attempts: 1"),
    "long": ("timeout: 15m",),
}


def _workers() -> dict[str, Worker]:
    jobs = "".join(
        _JOB % name + "".join(f"    {line}\n" for line in lines)
        for name, lines in _SETTINGS.items()
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "jobs.yaml"
        path.write_text(_HEAD + jobs, "utf-8")
        examined = examine(path)
    assert examined.manifest is not None, examined.findings
    return {worker.job.name: worker for worker in examined.manifest.workers["dev"]}


WORKERS = _workers()

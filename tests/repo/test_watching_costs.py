"""What the documents say of alarms and of idle costs is computed from the manifest."""

import re
from pathlib import Path

from generator.alarm_kinds import PRICE, Kind, alarm_level, alarms_of, shared_alarms
from generator.manifest.resolved import Worker
from generator.pipeline import examine
from tests.repo.tracked import ROOT

SECRET = 0.40
"""USD a month for a secret."""

POLLING = 5 * 2_628_000 / 20 * 0.40e-6
"""USD a month for a queue: five pollers at least, a receive each 20 s, 0.40 USD a million."""

METRIC = 0.30
"""USD a month for a metric of one's own, in each month in which it is counted."""

OWN = ("job_processed_total", "job_duration_seconds", "job_failed_total", "dlq_messages_total")


def environments() -> dict[str, tuple[Worker, ...]]:
    """Return the jobs of each environment of our own manifest."""
    manifest = examine(Path(ROOT) / "jobs.yaml").manifest
    assert manifest is not None
    return dict(manifest.workers)


def alarms(workers: tuple[Worker, ...]) -> list[Kind]:
    """Return every alarm of an environment."""
    own = [kind for worker in workers for kind in alarms_of(worker)]
    return [*own, *shared_alarms(alarm_level(workers))]


def cost(kinds: list[Kind]) -> float:
    """Return what alarms cost a month, in USD."""
    return sum(kind.metrics for kind in kinds) * PRICE


def row(name: str, document: str = "docs/costs.md") -> list[str]:
    """Return the cells of the one row before a document's chapters with this first cell."""
    text = (Path(ROOT) / document).read_text("utf-8").partition("\n## ")[0]
    (found,) = re.findall(rf"^\| {re.escape(name)} \|(.*)\|$", text, flags=re.MULTILINE)
    return [cell.strip() for cell in found.split("|")]


def test_the_alarms_of_a_job_and_their_price_are_the_documents() -> None:
    """Least and most of a job, by level."""
    for level in ("quiet", "full"):
        jobs = [w for ws in environments().values() for w in ws if w.alarms.level == level]
        counts = [len(alarms_of(worker)) for worker in jobs]
        costs = [cost(list(alarms_of(worker))) for worker in jobs]

        assert row(f"a job, `{level}`") == [
            f"{min(counts)} to {max(counts)}",
            f"{min(costs):.2f} to {max(costs):.2f}",
        ]


def test_the_alarms_of_each_environment_and_their_price_are_the_documents() -> None:
    """The environment's own alarms included."""
    for environment, workers in environments().items():
        kinds = alarms(workers)

        found = row(environment, "docs/api/jobs.md")
        assert found[1:3] == [str(len(kinds)), f"{cost(kinds):.2f}"]


def test_what_an_idle_environment_costs_is_the_documents() -> None:
    """Alarms, secrets and polling, before what AWS gives for free."""
    for environment, workers in environments().items():
        secrets = {secret for worker in workers for secret in worker.job.secrets}
        total = cost(alarms(workers)) + len(secrets) * SECRET + len(workers) * POLLING

        assert row(environment, "docs/api/jobs.md")[3] == f"{total:.2f}"


def test_what_a_busy_job_counts_costs_is_the_documents() -> None:
    """Metrics of one's own are billed once they are counted."""
    text = (Path(ROOT) / "docs/costs.md").read_text("utf-8")

    assert f"{len(OWN)} metrics of its own, {len(OWN) * METRIC:.2f} USD a month" in text

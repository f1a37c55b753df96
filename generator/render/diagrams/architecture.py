"""`architecture-overview.mmd`: producers, schedules, queues, workers, and who hears of what."""

from collections.abc import Iterator

from generator.manifest.resolved import Manifest

MOST = 12
"""So many jobs are drawn one by one; a picture of five hundred shows nothing."""


def architecture(manifest: Manifest) -> str:
    """Return the flowchart."""
    return "\n".join(_lines(manifest)) + "\n"


def _lines(manifest: Manifest) -> Iterator[str]:
    scheduled = {worker.job.name for worker in manifest.every_worker if worker.schedules}
    # A scheduled job stands last, beside the scheduler.
    jobs = sorted(manifest.jobs, key=lambda job: job.name in scheduled)
    shown = jobs if len(jobs) <= MOST else jobs[:MOST]
    yield "flowchart LR"
    yield '  web["Web and API"] -->|enqueue| library["clarivum_jobs<br/>schema and key checked"]'
    yield '  subgraph jobs["One queue and one worker a job"]'
    yield "    direction LR"
    for job in shown:
        queue, worker = f"q_{job.module}", f"w_{job.module}"
        yield f'    {queue}[("SQS<br/>{job.name}")] --> {worker}["Lambda<br/>{job.name}"]'
    if len(jobs) > len(shown):
        yield f'    rest["and {len(jobs) - len(shown)} more"]'
    yield "  end"
    yield "  library --> jobs"
    if scheduled:
        names = "<br/>".join(job.name for job in shown if job.name in scheduled)
        label = f"EventBridge Scheduler<br/>starts the workers of<br/>{names}"
        yield f'  scheduler(["{label}"]) --> jobs'
    yield '  jobs -->|claims, attempts, results| records[("DynamoDB<br/>records")]'
    yield '  jobs -->|last failure| letters[("SQS<br/>dead-letter queues")]'
    yield '  letters --> alarms["CloudWatch<br/>alarms"] --> topic(["SNS<br/>on-call"])'

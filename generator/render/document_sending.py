"""How a job is sent, as a person would write it: Python, and a shell's quotes."""

import pprint
from collections.abc import Mapping

from generator.manifest.resolved import Job

_WIDTH = 88


def python(job: Job, payload: Mapping[str, object]) -> str:
    """Return what a service writes that has installed the wheel, to enqueue a payload."""
    shown = pprint.pformat(dict(payload), width=_WIDTH, sort_dicts=False)
    return (
        "from clarivum_jobs import enqueue_json\n"
        f"from clarivum_jobs.payloads.{job.module} import {job.class_name}\n\n"
        f"payload = {shown.replace(chr(10), chr(10) + ' ' * len('payload = '))}\n"
        f"enqueue_json({job.class_name}, payload)"
    )


def quoted(text: str) -> str:
    """Return text as one word of a POSIX shell."""
    inner = text.replace("'", "'\\''")
    return f"'{inner}'"

"""A deployment as the variables of `modules/job`."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clarivum_jobs.testing.deployment import Deployment, Timer


def variables(deployment: "Deployment") -> str:
    """The variables of `modules/job` for a deployment, as JSON."""
    given = {
        "name": deployment.name,
        "function": {"timeout": deployment.timeout, "memory_size": deployment.memory},
        "queue": {
            "visibility_timeout": deployment.visibility_timeout,
            "delay": deployment.delay,
            "message_retention": deployment.message_retention,
            "dead_letter_retention": deployment.dead_letter_retention,
        },
        "polling": {
            "maximum_concurrency": deployment.concurrency,
            "batch_size": deployment.batch_size,
        },
        "retry": {
            "max_attempts": deployment.max_attempts,
            "base": deployment.backoff_base,
            "cap": deployment.backoff_cap,
        },
        "idempotency": {
            "retention": deployment.record_retention,
            "on_conflict": deployment.on_conflict,
            "record_name": deployment.record_name,
        },
        "variables": dict(deployment.variables),
        "access": {
            "secrets": deployment.secrets,
            "enqueues": deployment.enqueues,
            "statements": deployment.statements,
        },
        "schedules": {timer.name: _timer(timer) for timer in deployment.timers},
    }
    return json.dumps(given, default=dict, sort_keys=True)


def _timer(timer: "Timer") -> dict[str, Any]:
    return {
        "expression": timer.expression,
        "timezone": timer.timezone,
        "payload": json.dumps(timer.payload, default=dict),
        "overlap": timer.overlap,
        "max_age": timer.max_age,
    }

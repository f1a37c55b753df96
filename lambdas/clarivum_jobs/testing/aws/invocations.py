"""Runs that nobody waits for: Lambda tries three times, and writes down what failed for good."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clarivum_jobs.testing.aws.authorizer import Authorizer
from clarivum_jobs.testing.aws.policy import Ask
from clarivum_jobs.testing.aws.queue import ARN, Queue
from clarivum_jobs.testing.machine.function import Function, Run
from clarivum_jobs.testing.machine.loop import Loop

_WAITS = (60_000, 120_000)
"""Milliseconds before the second and the third try."""

_CONDITION = "RetriesExhausted"


@dataclass(slots=True)
class Invocations:
    """Starts functions asynchronously.

    Attributes:
        failures: Queue for what failed for good, by the function's name.
    """

    loop: Loop
    failures: Mapping[str, Queue]
    authorizer: Authorizer

    def start(self, function: Function, event: Any, tried: int = 0) -> None:  # noqa: ANN401
        """Invoke a function without waiting; twice more when it fails."""

        def ended(run: Run) -> None:
            if run.state == "ok":
                return
            if tried < function.retries:
                later = self.loop.now + _WAITS[tried]
                self.loop.at(later, lambda: self.start(function, event, tried + 1))
                return
            failure = {
                "version": "1.0",
                "requestContext": {"condition": _CONDITION, "approximateInvokeCount": tried + 1},
                "requestPayload": event,
                "responseContext": {"statusCode": 200, "functionError": "Unhandled"},
                "responsePayload": {"errorMessage": run.problem},
            }
            queue = self.failures[function.name]
            if function.role:
                self.authorizer.check_all(function.role, [Ask("sqs:SendMessage", ARN + queue.name)])
            queue.send(json.dumps(failure), {})

        function.invoke(event, ended)

"""What EventBridge Scheduler sends, how often it tries, and where it writes what it gave up.

AWS does not say how long it waits between two tries but that the wait grows, nor which errors it
does not repeat: here it grows from a minute to ten, and every error is repeated.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from clarivum_jobs.testing.aws.authorizer import Authorizer
from clarivum_jobs.testing.aws.invocations import Invocations
from clarivum_jobs.testing.aws.policy import Ask
from clarivum_jobs.testing.aws.queue import Queue
from clarivum_jobs.testing.aws.sqs_limits import size
from clarivum_jobs.testing.machine.function import Function
from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Params, RefusedError
from clarivum_jobs.testing.machine.trace import Trace

_FIRST_WAIT, _LONGEST_WAIT = 60_000, 600_000
_MOST_RETRIES, _OLDEST = 185, 86_400
"""What a schedule has that says nothing else: retries, and the age of its event in seconds."""


@dataclass(slots=True)
class Delivery:
    """One event of one schedule on its way; times are milliseconds of the loop.

    Attributes:
        schedule: ARN of the schedule.
        target: What the schedule says of its target.
        text: The input, filled in.
        moment: When it was due.
        number: Which event of the simulation it is.
        tries: How often it was sent.
        done: Hears of its end, whether it arrived or not.
    """

    schedule: str
    target: Mapping[str, Any]
    text: str
    moment: dt.datetime
    number: int
    tries: int = 0
    done: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Targets:
    """The queues and functions that schedules reach.

    Attributes:
        away: Whether a service does not carry out an operation at this moment.
    """

    loop: Loop
    trace: Trace
    invocations: Invocations
    functions: Mapping[str, Function]
    queues: Mapping[str, Queue]
    away: Callable[[str, str], bool]
    authorizer: Authorizer

    def deliver(self, delivery: Delivery) -> None:
        """Send an event; again later if its target does not take it, until its policy is spent."""
        delivery.tries += 1
        try:
            self._send(delivery)
        except RefusedError as refused:
            self._put_off(delivery, refused)
        else:
            delivery.done()

    def _send(self, delivery: Delivery) -> None:
        arn = str(delivery.target["Arn"])
        if arn.split(":")[2] == "sqs":
            self._put(delivery, arn, delivery.text, {})
            return
        self.authorizer.check_all(delivery.target["RoleArn"], [Ask("lambda:InvokeFunction", arn)])
        if self.away("lambda", "Invoke"):
            raise RefusedError(code="ServiceException", why="Lambda is away.", status=500)
        function = self.functions.get(arn)
        if function is None:
            raise RefusedError(code="ResourceNotFoundException", why=f"There is no {arn}.")
        self.invocations.start(function, json.loads(delivery.text))

    def _put(self, delivery: Delivery, arn: str, body: str, attributes: Params) -> None:
        """Send a message under the role of the schedule."""
        queue = self.queues.get(arn.rpartition(":")[2])
        self.authorizer.check_all(delivery.target["RoleArn"], [Ask("sqs:SendMessage", arn)])
        if self.away("sqs", "SendMessage"):
            raise RefusedError(code="ServiceUnavailable", why="SQS is away.", status=503)
        if queue is None:
            why = "The specified queue does not exist."
            raise RefusedError(code="AWS.SimpleQueueService.NonExistentQueue", why=why)
        if size(body, attributes) > queue.largest:
            why = f"The message is longer than {queue.largest} bytes."
            raise RefusedError(code="InvalidParameterValue", why=why)
        queue.send(body, attributes)

    def _put_off(self, delivery: Delivery, refused: RefusedError) -> None:
        policy = delivery.target.get("RetryPolicy", {})
        wait = min(_FIRST_WAIT * 2 ** (delivery.tries - 1), _LONGEST_WAIT)
        due = int(delivery.moment.timestamp() * 1000)
        oldest = due + 1000 * policy.get("MaximumEventAgeInSeconds", _OLDEST)
        spent = ""
        if delivery.tries > policy.get("MaximumRetryAttempts", _MOST_RETRIES):
            spent = "MaximumRetryAttempts"
        elif self.loop.now + wait > oldest:
            spent = "MaximumEventAgeInSeconds"
        told = {"schedule": delivery.schedule, "code": refused.code, "tries": delivery.tries}
        self.trace.add(self.loop.now, "scheduler", "given up" if spent else "put off", **told)
        if spent:
            self._bury(delivery, refused, spent)
            delivery.done()
        else:
            self.loop.at(self.loop.now + wait, lambda: self.deliver(delivery))

    def _bury(self, delivery: Delivery, refused: RefusedError, spent: str) -> None:
        """Write a dead letter if there is a queue for it, which is where it ends either way."""
        arn = delivery.target.get("DeadLetterConfig", {}).get("Arn", "")
        attributes = {
            "ERROR_CODE": refused.code,
            "ERROR_MESSAGE": str(refused),
            "EXECUTION_ID": f"00000000-0000-4000-a000-{delivery.number:012d}",
            "EXHAUSTED_RETRY_CONDITION": spent,
            "IS_PAYLOAD_TRUNCATED": "false",
            "RETRY_ATTEMPTS": str(delivery.tries - 1),
            "SCHEDULED_TIME": delivery.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "SCHEDULE_ARN": delivery.schedule,
            "TARGET_ARN": delivery.target["Arn"],
        }
        written = {
            key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()
        }
        try:
            self._put(delivery, arn, delivery.text, written)
        except RefusedError as lost:
            self.trace.add(self.loop.now, "scheduler", "lost", why=lost.code)

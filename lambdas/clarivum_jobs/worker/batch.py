"""The messages of one run: in which order they are worked on, and that none harms its neighbours.

A sandbox that dies takes with it whatever lies unfinished beside the message that killed it. So
what is done or parked is deleted at once; a message whose last attempt ended without a word runs
alone; and one that was received often goes before those that have more receives left.
"""

import functools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clarivum_jobs.contract.envelope import parse
from clarivum_jobs.core import clients
from clarivum_jobs.core.delivery import Delivery
from clarivum_jobs.core.errors import EnvelopeError, SandboxEndedError
from clarivum_jobs.core.foreign import kind_of
from clarivum_jobs.records.work_item import now_ms, work_id
from clarivum_jobs.worker.outcome import NotAcknowledgedError, Outcomes
from clarivum_jobs.worker.time_budget import PutOffError

if TYPE_CHECKING:
    from clarivum_jobs.worker.services import Services

# A suspect that gave way to others so often gives way no more.
_MOST_PUT_OFFS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does.

    Attributes:
        begun: What is worked on, in this order, as long as the time lasts.
        put_off: What goes back before that, unbegun.
    """

    begun: Sequence[Delivery]
    put_off: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record of a message's work.

    Attributes:
        attempts: How many attempts there were.
        killed: Whether the last of them ended without a word.
    """

    attempts: int = 0
    killed: bool = False


_UNTRIED = Standing()


class Batch:
    """Works on the messages of one run."""

    def __init__(self, services: "Services", attempt: Callable[[Delivery], None]) -> None:
        """Work with `attempt`, which returns when a message is to be acknowledged.

        Args:
            services: The worker's.
            attempt: Makes one attempt; raises `NotAcknowledgedError` for what shall come back.
        """
        self._services = services
        self._attempt = attempt

    def work(self, deliveries: Sequence[Delivery]) -> list[str]:
        """Work on a batch, and return the ids of the messages that are not acknowledged."""
        plan = self._plan(deliveries)
        stay = [each.message_id for each in plan.put_off if not self._put_off(each)]
        for place, delivery in enumerate(plan.begun, 1):
            if not self._acknowledged(functools.partial(self._attempt, delivery), delivery):
                stay.append(delivery.message_id)
            elif place < len(plan.begun):
                self._delete(delivery)
        return stay

    def _plan(self, deliveries: Sequence[Delivery]) -> Plan:
        """Order a batch.

        What is new keeps its order. Of what came before any may be first: the order of a queue can
        be the same each time, and what kills the sandbox must not have the same behind it again.
        """
        again = [each for each in deliveries if each.receives > 1]
        ordered = sorted(
            [*random.sample(again, len(again)), *(e for e in deliveries if e.receives <= 1)],
            key=lambda each: each.receives,
            reverse=True,
        )
        if len(ordered) == 1:
            return Plan(ordered, ())
        tried = {each.message_id: self._standing(each) for each in ordered if each.receives > 1}
        suspects = [each for each in ordered if tried.get(each.message_id, _UNTRIED).killed]
        others = [each for each in ordered if each not in suspects]
        pressing = [each for each in ordered if self._presses(each, tried)]
        if not pressing and others:
            return Plan(others, suspects)
        alone = (pressing or suspects)[0]
        return Plan([alone], [each for each in ordered if each is not alone])

    def _presses(self, delivery: Delivery, tried: dict[str, Standing]) -> bool:
        """Whether a message gave way to others so often that now the others do.

        What was received in vain half as often as it can be is either close to being parked for
        nothing, or it is what ends the sandboxes, before an attempt at it is on record.
        """
        if delivery.receives > self._services.settings.max_receives // 2:
            return True
        standing = tried.get(delivery.message_id, _UNTRIED)
        in_vain = delivery.receives - 1 - standing.attempts
        return standing.killed and in_vain >= _MOST_PUT_OFFS

    def _standing(self, delivery: Delivery) -> Standing:
        try:
            envelope = parse(delivery.body)
        except EnvelopeError:
            return _UNTRIED
        services = self._services
        try:
            item = services.records.read(
                work_id(services.settings.record_name, envelope.idempotencykey)
            )
        except clients.aws_errors():
            return _UNTRIED  # the attempt will meet the same, and say so
        return Standing(item.number, item.killed(now_ms())) if item else _UNTRIED

    def _put_off(self, delivery: Delivery) -> bool:
        outcomes = Outcomes(self._services, delivery)
        return self._acknowledged(lambda: outcomes.failed(PutOffError()), delivery)

    def _acknowledged(self, step: Callable[[], None], delivery: Delivery) -> bool:
        try:
            step()
        except NotAcknowledgedError:
            return False
        except SandboxEndedError:
            raise
        except BaseException as error:  # noqa: BLE001 - no message may fail the others of its batch
            keys = {"message_id": delivery.message_id, "error_code": kind_of(error)}
            self._services.log.error("message not judged", **keys)  # noqa: TRY400 - it shows values
            return False
        return True

    def _delete(self, delivery: Delivery) -> None:
        """Delete what is done or parked; if that fails, the answer of the run does it later."""
        services = self._services
        try:
            services.sqs.delete_message(
                QueueUrl=services.settings.queue_url, ReceiptHandle=delivery.receipt_handle
            )
        except clients.aws_errors() as error:
            keys = {"message_id": delivery.message_id, "error_code": clients.error_code(error)}
            services.log.warning("message not deleted yet", **keys)

"""Applying a plan that is ended at any of its calls, or refused: run again, it is whole."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs.testing.machine.router import RefusedError
from envs.desk import applying, groups, letters, planning
from tests.desk.worlds import FAST, Provider, wish, world_of_letters
from tests.simulator.one_item import quick
from tests.simulator.sample import JOB

if TYPE_CHECKING:
    from clarivum_jobs.testing.machine.router import Answer, Caller, Params


class Ended(BaseException):
    """The program was ended here."""


@dataclasses.dataclass
class Interrupting:
    """A client that ends the program around one of its calls.

    Attributes:
        inner: Every service's client.
        at: Number of the call, counted over all clients.
        after: Whether the call is carried out first.
    """

    inner: Any
    at: int
    after: bool
    count: int = 0

    def client(self, service: str) -> Any:  # noqa: ANN401 - a client of any service
        """Return a service's client."""
        real, outer = self.inner(service), self

        class Client:
            def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a client has
                method = getattr(real, name)
                if name == "change_message_visibility_batch":
                    return method  # what gives letters back, also when the program ends

                def call(**params: Any) -> Any:  # noqa: ANN401 - of any operation
                    outer.count += 1
                    if outer.count != outer.at:
                        return method(**params)
                    if outer.after:
                        method(**params)
                    raise Ended

                return call

        return Client()


@pytest.mark.long
@quick
@given(at=st.integers(1, 40), after=st.booleans(), seed=st.integers(0, 99))
def test_ended_at_any_step_and_run_again(at: int, seed: int, *, after: bool) -> None:
    """Effects once, nothing lost, whichever call the program is ended at."""
    provider = Provider()
    with world_of_letters(seed, 2, 2, provider) as (world, watch, place):
        plan = planning.make(place, planning.Wish(JOB, "replay", "it is back", rate=FAST))
        provider.back = True
        broken = Interrupting(place.client, at, after)
        cut = False
        try:
            applying.apply(dataclasses.replace(place, client=broken.client), plan)
        except Ended:
            cut = True
        world.run(letters.HIDDEN + 1)
        report = applying.apply(place, plan)
        world.settle()

        assert cut == (broken.count >= at)
        assert report.whole, report
        assert world.dead_letters(JOB).messages == {}
        assert list(world.effects.done.values()) == [1] * 4
        watch.check()


@dataclasses.dataclass
class NoMore:
    """A queue that takes nothing more after so many messages."""

    inner: Any
    takes: int

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out a call, or refuse to take a message."""
        if operation == "SendMessage":
            self.takes -= 1
            if self.takes < 0:
                raise RefusedError(code="OverLimit", why="No more.")
        answer: Answer = self.inner.call(operation, params, caller)
        return answer


def test_a_queue_that_refuses_loses_nothing() -> None:
    """What could not be sent is still a letter, and is given back."""
    provider = Provider()
    with world_of_letters(15, 6, 0, provider) as (world, _, place):
        plan = planning.make(place, wish(place, "hopeless"))
        provider.back = True
        world.router.services["sqs"] = NoMore(world.sqs, 4)
        with pytest.raises(Exception, match="OverLimit"):
            applying.apply(place, plan)
        world.router.services["sqs"] = world.sqs
        (desk,) = groups.desks(place)

        assert (desk.queue.visible, desk.queue.hidden) == (2, 0)
        assert applying.apply(place, plan).counts == {"earlier": 4, "sent": 2}

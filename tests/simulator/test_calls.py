"""What the library asks of AWS is what AWS takes, as botocore's service models have it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from botocore.validate import ParamValidator

from clarivum_jobs import cancel, enqueue, enqueue_many
from clarivum_jobs.testing import ROUGH, Timer
from clarivum_jobs.testing.machine.router import Call, Router
from tests.simulator.sample import Sample, sample

if TYPE_CHECKING:
    import pytest


def test_every_call_has_the_parameters_that_its_operation_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No parameter of any call is refused by the client's own check."""
    problems: list[str] = []
    seen: set[str] = set()
    validate, attempt = ParamValidator.validate, Router.attempt

    def checked(validator: ParamValidator, params: Any, shape: Any) -> Any:  # noqa: ANN401
        report = validate(validator, params, shape)
        problems.extend([f"{shape.name}: {report.generate_report()}"] * report.has_errors())
        return report

    def noted(router: Router, call: Call) -> Any:  # noqa: ANN401
        seen.add(call.operation)
        return attempt(router, call)

    monkeypatch.setattr(ParamValidator, "validate", checked)
    monkeypatch.setattr(Router, "attempt", noted)
    timer = Timer("hourly", "cron(0 * * * ? *)", "UTC", {"name": "run"}, "skip", 60)
    for seed in range(5):
        with sample(seed, ROUGH, timers=(timer,)) as (world, audit):
            enqueue_many([Sample(name=str(n), fails=n, hopeless=n == 3) for n in range(7)])
            enqueue(Sample(name="later"), delay=dt.timedelta(hours=1))
            enqueue(Sample(name="never"), delay=dt.timedelta(hours=1))
            enqueue(Sample(name="never"), delay=dt.timedelta(hours=1))
            cancel(Sample(name="never"))
            world.run(4 * 3600)
            audit.check()

    assert problems == []
    assert seen >= {
        *("SendMessage", "SendMessageBatch", "ChangeMessageVisibility"),
        *("PutItem", "GetItem", "UpdateItem"),
        *("CreateSchedule", "GetSchedule", "DeleteSchedule"),
    }

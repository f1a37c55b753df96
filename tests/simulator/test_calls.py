"""What the library asks of AWS is what AWS takes, as botocore's service models have it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from botocore.validate import ParamValidator

from clarivum_jobs import cancel, enqueue, enqueue_many
from clarivum_jobs.testing import ROUGH, Timer
from clarivum_jobs.testing.router import Router
from tests.simulator.sample import Sample, sample

if TYPE_CHECKING:
    import pytest
    from botocore.client import BaseClient


def test_every_call_has_the_parameters_that_its_operation_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The simulation does not check parameters as the real client does; this does, for all."""
    problems: list[str] = []
    seen: set[str] = set()
    carry = Router.call

    def checked(router: Router, client: BaseClient, operation: str, params: Any) -> Any:  # noqa: ANN401
        shape = client.meta.service_model.operation_model(operation).input_shape
        assert shape is not None
        report = ParamValidator().validate(params, shape)
        problems.extend([f"{operation}: {report.generate_report()}"] * report.has_errors())
        seen.add(operation)
        return carry(router, client, operation, params)

    monkeypatch.setattr(Router, "call", checked)
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
    assert seen == {
        *("SendMessage", "SendMessageBatch", "ChangeMessageVisibility"),
        *("PutItem", "GetItem", "UpdateItem", "DeleteItem"),
        *("CreateSchedule", "GetSchedule", "DeleteSchedule"),
    }

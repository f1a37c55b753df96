"""The emulator, with the two parts of it that are replaced: how schedules fire, what logs hold.

Version 1.5.33 leaves `<aws.scheduler.*>` in an input as it stands, so that every run of a schedule
has one name and all but the first are duplicates; and it ignores time zones. Scheduler does
neither. What is due and what is sent is said by `ticks.py`; the emulator still delivers it.
It also loses last lines of functions' output when the machine is busy, which `output.py` mends.

To be removed when `tests/engine/test_schedules.py` and `test_output.py` pass on an emulator without
it. Run by the emulator's interpreter as a script.
"""

import datetime as dt
import importlib
import logging
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
ticks = importlib.import_module("ticks")
output = importlib.import_module("output")
sys.path.pop(0)

VERSION = "1.5.33"
_EVERY = 1  # seconds between two looks
_log = logging.getLogger("schedules")


def _cron(events: Any) -> Any:  # noqa: ANN401 - a module of the emulator
    def upcoming(expression: str, after: dt.datetime) -> dt.datetime | None:
        fields = events._parse_cron_fields(expression)  # noqa: SLF001 - the emulator's evaluation
        return None if fields is None else events._cron_next_fire(fields, after)  # noqa: SLF001

    return upcoming


def _tick(scheduler: Any, events: Any, began: float) -> Any:  # noqa: ANN401 - likewise
    cron = _cron(events)
    fired: dict[Any, float] = {}

    def tick() -> None:
        for key, schedule in list(scheduler._schedules._data.items()):  # noqa: SLF001 - its store
            if schedule.get("State") != "ENABLED":
                continue
            try:
                since = max(began, float(schedule.get("CreationDate") or 0))
                moment = ticks.due(schedule, fired.get(key), since, time.time(), cron)
                if moment is not None:
                    fired[key] = moment
                    _fire(scheduler, events, key, moment)
            except Exception:  # noqa: BLE001 - the other schedules fire all the same
                _log.exception("schedule %s did not fire", key)

    return tick


def _fire(scheduler: Any, events: Any, key: Any, moment: float) -> None:  # noqa: ANN401 - likewise
    account, region, _ = key
    schedule = scheduler._schedules._data[key]  # noqa: SLF001 - its store
    before = scheduler.get_account_id(), scheduler.get_region()
    scheduler.set_request_account_id(account)
    scheduler.set_request_region(region)
    target = dict(schedule.get("Target") or {})
    arn = schedule.get("Arn", "")
    target["Input"] = ticks.filled(target.get("Input") or "{}", arn, moment)
    event = {
        "EventId": scheduler.new_uuid(),
        "Source": "aws.scheduler",
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "Time": moment,
        "Resources": [arn],
        "Account": account,
        "Region": region,
    }
    try:
        events._invoke_target(target, event, schedule)  # noqa: SLF001 - its delivery
    finally:
        scheduler.set_request_account_id(before[0])
        scheduler.set_request_region(before[1])
    once = str(schedule.get("ScheduleExpression", "")).startswith("at(")
    if once and schedule.get("ActionAfterCompletion") == "DELETE":
        scheduler._schedules._data.pop(key, None)  # noqa: SLF001 - its store


def main() -> None:
    """Replace the part, and start the emulator's server with the arguments of this script."""
    found = importlib.import_module("importlib.metadata").version("ministack")
    if found != VERSION:
        sys.exit(f"the patch is for ministack {VERSION}, not {found}")
    scheduler = importlib.import_module("ministack.services.scheduler")
    events = importlib.import_module("ministack.services.eventbridge")
    scheduler._SCHEDULE_TICK_INTERVAL = _EVERY  # type: ignore[attr-defined] # noqa: SLF001
    scheduler._tick_schedules = _tick(scheduler, events, time.time())  # type: ignore[attr-defined] # noqa: SLF001
    runtime = importlib.import_module("ministack.core.lambda_runtime")
    runtime._PYTHON_WORKER_SCRIPT = output.marking(runtime._PYTHON_WORKER_SCRIPT)  # type: ignore[attr-defined] # noqa: SLF001
    runtime.Worker._drain_stderr_bounded = output.reading(runtime.Worker._drain_stderr_bounded)  # noqa: SLF001
    importlib.import_module("runpy").run_module("hypercorn", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()

"""From `jobs.yaml` to jobs that ran: real Terraform, real zips, a real emulator process.

The tests share one world and run in this order; the last one ends it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from typing import TYPE_CHECKING

import pytest

from envs.deploy.live import Live
from envs.deploy.versions import moves_back
from envs.local.demo import roots
from envs.local.demo.stack import ARTIFACT_BUCKET
from envs.local.engine import emulator
from envs.local.engine.clients import Aws, credentials
from envs.local.engine.plan import unexplained, unused
from envs.local.engine.quirks import QUIRKS
from tests.e2e import desk, desk_tests, loop_tests, rehearsals, seventh, tutorial
from tests.e2e.conftest import World, run
from tests.e2e.running import processes_of
from tests.e2e.website import Website, built, running
from tests.typescript.stage import StageError, require_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.e2e


def test_an_interrupted_demo_leaves_nothing_behind(clone: Path) -> None:
    """Ctrl-C in the middle of the apply ends every process at once."""
    command = [sys.executable, "-m", "envs.local.demo"]
    environment = {**os.environ, "PYTHONPATH": "lambdas"}
    with subprocess.Popen(command, cwd=clone, env=environment, stdout=subprocess.DEVNULL) as demo:
        log = clone / ".local" / "run" / "apply-local.log"
        deadline = time.monotonic() + 1200
        while not (log.is_file() and "Creating..." in log.read_text()):
            assert demo.poll() is None, "the demo ended by itself"
            assert time.monotonic() < deadline, "the apply did not begin"
            time.sleep(0.2)
        demo.send_signal(signal.SIGINT)
        status = demo.wait(timeout=600)

    assert status == 130
    assert processes_of(clone) == []


def test_the_demo_is_as_it_should_be(world: World) -> None:
    """Every job of the demo ends as expected, and the demo says so by its exit status."""
    assert world.status == 0, world.output
    assert [row["problems"] for row in world.rows] == [[]] * len(world.rows)
    assert len(world.rows) >= 7


def test_the_failing_job_died_after_exactly_five_attempts(world: World) -> None:
    """It is dead-lettered with its reason, its alarm rings and on-call was told."""
    (row,) = [row for row in world.rows if row["case"] == "page out of order"]

    assert row["attempts"] == "5"
    assert row["reason"]
    assert row["alarm"] == "ALARM, on-call told"


def test_a_job_added_to_the_manifest_runs(world: World) -> None:
    """A block in `jobs.yaml` and a handler are all it took; enqueued twice, it works once."""
    assert _issued(world) == 1


def test_the_job_of_the_guide_runs(world: World) -> None:
    """What its producer sends, as it is printed, is done by its handler, as it is printed."""
    status, output = run(world.root, "-c", tutorial.producer(), more=_producer(world))
    assert status == 0, output

    def ended() -> list[str]:
        return [one["status"] for one in desk.told(world, "runs", tutorial.NAME)]

    assert desk.until(lambda: ended() != [])
    assert ended() == ["done"]


def test_the_tree_of_the_guide_is_accepted(world: World) -> None:
    """Who follows the guide sees no red: not the linter, not the types, not the tests."""
    tutorial.its_tree_is_accepted(world.root)


def test_a_second_plan_changes_nothing(world: World) -> None:
    """After the apply a plan is empty, save for what the list of quirks explains, all of it."""
    terraform = roots.local(world.root)
    kept = world.root / ".local" / "second.tfplan"

    terraform.plan(kept)

    plan = terraform.show(kept)
    assert [str(change) for change in unexplained(plan, QUIRKS)] == []
    assert unused(plan, QUIRKS) == []


@pytest.fixture(scope="module")
def website(world: World) -> Iterator[Website]:
    """Serve a site of Next.js that enqueues in TypeScript; skipped loudly where Node is missing."""
    try:
        require_node()
    except StageError as error:
        reason = f"NO WEBSITE ENQUEUED IN TYPESCRIPT: {error}"
        if os.environ.get("REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    built(world.root)
    with running(_producer(world)) as site:
        yield site


def test_a_route_handler_of_nextjs_and_python_enqueue_the_same_work(
    world: World, website: Website
) -> None:
    """The Lambda does what the website asked for; Python's enqueue of it is a duplicate."""
    reward = str(uuid.uuid4())
    status, receipt = website.ask(
        "POST", "/api/coupons", {"reward_id": reward.upper(), "customer_id": "c-1"}
    )
    address = f"/coupons/{reward}?key={receipt['idempotencyKey']}"

    assert status == 202
    assert _waited_for(world, address) == 1
    code, output = run(world.root, "-c", seventh.PRODUCER, reward, more=_producer(world))
    assert (code, output.strip()) == (0, receipt["idempotencyKey"])
    _wait_until_empty(world)
    assert _hits(world)[address] == 1


def test_what_one_language_delays_the_other_takes_back(world: World, website: Website) -> None:
    """A schedule of an hour has one name in both."""
    settings = _producer(world)

    def python(verb: str, reward: str) -> str:
        code, output = run(world.root, "-c", seventh.DELAYED, verb, reward, more=settings)
        assert code == 0, output
        return output.strip()

    one, other = ({"reward_id": str(uuid.uuid4()), "customer_id": "c-1"} for _ in range(2))

    _, receipt = website.ask("POST", "/api/coupons?delay=3600", one)
    assert receipt["schedule"]
    assert python("enqueue", one["reward_id"]) == receipt["schedule"]
    assert [python("cancel", one["reward_id"]) for _ in range(2)] == ["True", "False"]
    assert python("enqueue", other["reward_id"])
    answers = [website.ask("DELETE", "/api/coupons", other) for _ in range(2)]
    assert answers == [(200, {"cancelled": True}), (200, {"cancelled": False})]


def test_a_wrong_payload_is_told_by_the_website(website: Website) -> None:
    """Where it is wrong and how, and nothing is sent."""
    status, answer = website.ask("POST", "/api/leads", {"lead_id": "x", "mail": "a@b.example"})

    assert status == 400
    told = {"".join(issue["path"]): issue["code"] for issue in answer["issues"]}
    assert told == {"email": "missing", "lead_id": "format", "mail": "unknown_property"}


@pytest.mark.parametrize(
    "check",
    [
        desk_tests.a_message_sent_by_hand_is_done_and_found,
        desk_tests.what_does_not_fit_is_not_sent,
        desk_tests.one_kind_of_many_letters_moves,
        desk_tests.a_paused_job_rests_until_it_is_resumed,
        desk_tests.a_pause_survives_a_deploy,
        desk_tests.a_schedule_runs_when_it_is_asked_to,
        desk_tests.every_command_that_is_shown_runs,
        rehearsals.every_rehearsal_shows_what_it_says,
    ],
    ids=lambda check: check.__name__,
)
def test_the_desk_works_on_what_runs(world: World, check: Callable[[World], None]) -> None:
    """The verbs of the desk, on the emulator."""
    check(world)


def test_a_rollback_lets_the_queue_start_the_version_before(world: World) -> None:
    """A deploy whose code cannot even be imported is taken back without building anything."""
    aws = Aws(emulator.endpoint(world.places))
    live = Live(aws.functions, aws.s3, ARTIFACT_BUCKET, "clarivum-local-")
    function = f"clarivum-local-{seventh.NAME}"
    live.record(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    aws.functions.update_function_configuration(FunctionName=function, Handler="nowhere.handle")
    broken = int(aws.functions.publish_version(FunctionName=function)["Version"])
    live.move({function: broken})
    live.record(dt.datetime(2026, 1, 2, tzinfo=dt.UTC))

    back = moves_back(live.versions(), live.releases())
    live.move(back)

    assert back == {function: broken - 1}
    assert _issued(world) == 1


@pytest.mark.drawn
def test_a_saved_edit_runs_within_seconds(world: World) -> None:
    """`make dev` goes on with what is there, follows edits, and Ctrl-C leaves nothing running."""
    assert processes_of(world.root) != []
    with loop_tests.loop(world) as dev:
        loop_tests.edits_run(world, dev)
        loop_tests.mistakes_are_told_and_it_goes_on(world, dev)
    assert processes_of(world.root) == []


def test_nothing_is_left_behind(world: World) -> None:
    """What was kept for the next time goes when it is asked to."""
    assert world.places.data.exists()

    status, output = run(world.root, "-m", "envs.local.demo.stop")

    assert (status, output) == (0, "nothing was running\n")
    assert not world.places.data.exists()


def _issued(world: World) -> int:
    """Enqueue the seventh job twice, and return how often its work was done once it was."""
    reward = str(uuid.uuid4())

    status, output = run(world.root, "-c", seventh.PRODUCER, reward, more=_producer(world))

    assert status == 0, output
    return _waited_for(world, f"/coupons/{reward}?key={output.strip()}")


def _producer(world: World) -> dict[str, str]:
    """Return the variables that a producer of this world needs."""
    return {
        **credentials(emulator.endpoint(world.places)),
        **roots.local(world.root).outputs()["producer"]["environment"],
    }


def _waited_for(world: World, address: str) -> int:
    """Wait until an address was asked for, and return how often that was."""
    deadline = time.monotonic() + 600
    while not (hits := _hits(world)).get(address) and time.monotonic() < deadline:
        time.sleep(0.5)
    return hits.get(address, 0)


def _wait_until_empty(world: World) -> None:
    """Wait until the seventh job's queue holds nothing, twice in a row."""
    sqs = Aws(emulator.endpoint(world.places)).sqs
    url = f"{_producer(world)['JOBS_QUEUE_BASE_URL']}{seventh.NAME}"
    deadline, empty = time.monotonic() + 300, 0
    while empty < 2:
        assert time.monotonic() < deadline, "the queue does not become empty"
        held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        waiting = held["ApproximateNumberOfMessages"]
        under_way = held["ApproximateNumberOfMessagesNotVisible"]
        empty = empty + 1 if waiting == under_way == "0" else 0
        time.sleep(0.5)


def _hits(world: World) -> dict[str, int]:
    with urllib.request.urlopen(f"{world.site}/_hits", timeout=300) as answer:  # noqa: S310 - our own
        hits: dict[str, int] = json.load(answer)
        return hits

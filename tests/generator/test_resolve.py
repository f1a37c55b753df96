"""Which layer wins, and what is derived."""

from pathlib import Path

import pytest

from generator.manifest.placeholders import PlaceholderError, parse
from generator.manifest.resolved import Reference
from tests.generator import manifests

LAYERS = [
    ({}, {}, 30),
    ({"timeout": "10s"}, {}, 10),
    ({"timeout": "10s"}, {"timeout": "11s"}, 11),
    ({"timeout": "10s", "environments": {"dev": {"timeout": "12s"}}}, {"timeout": "11s"}, 12),
    (
        {"timeout": "10s", "environments": {"dev": {"timeout": "12s"}}},
        {"timeout": "11s", "environments": {"dev": {"timeout": "13s"}}},
        13,
    ),
    ({"environments": {"prod": {"timeout": "12s"}}}, {"timeout": "11s"}, 11),
]


@pytest.mark.parametrize(("defaults", "settings", "expected"), LAYERS)
def test_the_strongest_layer_wins(
    tmp_path: Path, defaults: object, settings: dict[str, object], expected: int
) -> None:
    """Built in, defaults, job, the defaults' environment, the job's environment."""
    jobs = {"send-receipt": manifests.job(**settings)}
    manifest = manifests.resolved(tmp_path, jobs, defaults=defaults)

    assert manifest.workers["dev"][0].timeout == expected


def test_maps_merge_key_by_key(tmp_path: Path) -> None:
    """Variables, alarms and backoff keep what nobody overrides."""
    settings = {
        "variables": {"A_1": "job", "B_1": "job"},
        "alarms": {"errors": 7},
        "backoff": {"cap": "1m"},
        "environments": {"dev": {"variables": {"B_1": "dev"}, "backoff": {"base": "2s"}}},
    }
    jobs = {"send-receipt": manifests.job(**settings)}
    defaults = {"variables": {"C_1": "all"}, "alarms": {"throttles": 8}}
    (worker,) = manifests.resolved(tmp_path, jobs, defaults=defaults).workers["dev"]

    assert worker.variables == {"A_1": ("job",), "B_1": ("dev",), "C_1": ("all",)}
    assert (worker.alarms.errors, worker.alarms.throttles, worker.alarms.dead_letters) == (7, 8, 1)
    assert (worker.backoff.base, worker.backoff.cap) == (2, 60)


def test_an_environments_schedules_replace_the_jobs(tmp_path: Path) -> None:
    """Also by none at all."""
    payload = {"order_id": "x"}
    hourly = {"name": "hourly", "rate": "1 hour", "payload": payload}
    often = {"name": "often", "rate": "5 minutes", "payload": payload}
    environments = {"dev": {"schedule": [often]}, "prod": {"schedule": []}}
    jobs = {"send-receipt": manifests.job(schedule=[hourly], environments=environments)}
    workers = manifests.resolved(tmp_path, jobs).workers

    assert [schedule.expression for schedule in workers["dev"][0].schedules] == ["rate(5 minutes)"]
    assert workers["prod"][0].schedules == ()


def test_visibility_is_six_timeouts_and_the_window(tmp_path: Path) -> None:
    """Unless a word about all jobs asks for more."""
    worker = manifests.worker(tmp_path, timeout="20s", batch_window="5s")

    assert worker.visibility_timeout == 6 * 20 + 5


@pytest.mark.parametrize(("floor", "expected"), [("1m", 120), ("5m", 300)])
def test_visibility_under_defaults_is_a_floor(tmp_path: Path, floor: str, expected: int) -> None:
    """What a job needs is never cut by a word about all jobs."""
    jobs = {"send-receipt": manifests.job(timeout="20s")}
    manifest = manifests.resolved(tmp_path, jobs, defaults={"visibility_timeout": floor})

    assert manifest.workers["dev"][0].visibility_timeout == expected


def test_visibility_of_a_job_is_exact(tmp_path: Path) -> None:
    """A word about the job itself is taken as it is."""
    jobs = {"send-receipt": manifests.job(timeout="20s", visibility_timeout="4m")}
    manifest = manifests.resolved(tmp_path, jobs, defaults={"visibility_timeout": "10m"})

    assert manifest.workers["dev"][0].visibility_timeout == 240


def test_a_record_outlives_message_and_dead_letter(tmp_path: Path) -> None:
    """Both retentions together, unless more is asked for."""
    assert manifests.worker(tmp_path).record_retention == (4 + 14) * 86_400


def test_every_value_knows_where_it_was_written(tmp_path: Path) -> None:
    """Built-in values point at the job."""
    worker = manifests.worker(tmp_path, environments={"dev": {"timeout": "20s"}})

    assert worker.where("timeout") == ("jobs", "send-receipt", "environments", "dev", "timeout")
    assert worker.where("memory_size") == ("jobs", "send-receipt")


def test_placeholders_are_filled_in_or_left_to_terraform() -> None:
    """Doubled braces are braces."""
    text = parse("{project}-{account}/{{x}}-{region}", {"project": "shop"})

    assert text == ("shop-", Reference.ACCOUNT, "/{x}-", Reference.REGION)


@pytest.mark.parametrize("text", ["{x}", "{", "}", "{}", "a{project", "{ project }"])
def test_other_braces_are_refused(text: str) -> None:
    """Nothing that looks like a placeholder reaches a worker as it stands."""
    with pytest.raises(PlaceholderError):
        parse(text, {"project": "shop"})

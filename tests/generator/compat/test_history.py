"""Published contracts stay: changed only so that old messages survive, and read by the worker."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.generator.manifests import job, manifest, write

ROOT = Path(__file__).parents[3]
FIRST = Path("lambdas/generated/contracts/send-receipt/1.json")
UPCASTER = '''"""Upcasters of send-receipt."""


def from_1(payload: dict[str, object]) -> dict[str, object]:
    """Return a payload of version 2."""
    phone = payload.get("channel") == "phone"
    return {**payload, "channel": "shop"} if phone else payload
'''


def channels(*names: str, **settings: object) -> str:
    """Return a manifest whose one job takes these channels."""
    properties: dict[str, Any] = {"order_id": {"type": "string"}, "channel": {"enum": list(names)}}
    payload = {"type": "object", "required": ["order_id", "channel"], "properties": properties}
    return manifest({"send-receipt": job(payload=payload, **settings)})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose first contract is published."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, channels("web", "shop", "phone"))
    assert run("generate") == 0
    return tmp_path


def run(*command: str) -> int:
    """Run a verb and return its exit status."""
    return CliRunner().invoke(main, list(command)).exit_code


def test_published_version_is_the_payloads_schema(project: Path) -> None:
    """Other languages read the contract from there; the key is beside it."""
    schema = json.loads((project / FIRST).read_text())

    assert schema["properties"]["channel"] == {"enum": ["web", "shop", "phone"]}
    assert schema["x-key"] == ["order_id"]


def test_published_version_is_not_rewritten_by_a_breaking_change(project: Path) -> None:
    """Neither `generate` nor `check` accepts it under the same number, and nothing is written."""
    before = (project / FIRST).read_bytes()
    write(project, channels("web", "shop"))

    for verb in ("generate", "check"):
        result = CliRunner().invoke(main, [verb])
        assert result.exit_code == 1
        assert "payload-value-removed" in result.output
    assert (project / FIRST).read_bytes() == before


def test_compatible_change_goes_into_the_current_version(project: Path) -> None:
    """A wider payload needs no new number: every old message fits it."""
    write(project, channels("web", "shop", "phone", "app"))

    assert run("generate") == 0
    assert "app" in (project / FIRST).read_text()


def test_older_version_stays_when_the_number_goes_up(project: Path) -> None:
    """Both versions lie there, the worker is given the upcaster, and `check` is content."""
    before = (project / FIRST).read_bytes()
    write(project, channels("web", "shop", contract=2))

    assert run("generate") == 0
    assert (project / FIRST).read_bytes() == before
    assert (project / FIRST).with_name("2.json").is_file()
    entrypoint = (project / "lambdas/generated/entrypoints/send_receipt.py").read_text()
    assert "from handlers.upcasters.send_receipt import from_1" in entrypoint
    assert "upcasters={1: from_1}" in entrypoint
    assert run("check") == 0


def test_older_version_changed_by_hand_is_found(project: Path) -> None:
    """History is not edited."""
    write(project, channels("web", "shop", contract=2))
    run("generate")
    text = (project / FIRST).read_text()
    (project / FIRST).write_text(text.replace("phone", "fax"))

    assert run("check") == 1


def test_job_that_is_gone_takes_its_history_with_it(project: Path) -> None:
    """Its queues are gone as well."""
    write(project, manifest({"other-job": job()}))

    assert run("generate") == 0
    assert not (project / FIRST).exists()


def test_every_published_version_needs_its_upcaster(project: Path) -> None:
    """The gate asks for those of versions long before the one that is compared with."""
    write(project, channels("web", "shop", contract=2))
    run("generate")
    Path("base.yaml").write_text(channels("web", "shop", contract=2))

    refused = CliRunner().invoke(main, ["compat", "--against", "base.yaml"])
    folder = project / "lambdas/handlers/upcasters"
    folder.mkdir(exist_ok=True)
    (folder / "send_receipt.py").write_text(UPCASTER)

    assert refused.exit_code == 1
    assert "upcaster-missing" in refused.output
    assert run("compat", "--against", "base.yaml") == 0


def test_message_of_version_1_runs_on_the_worker_of_version_2(project: Path) -> None:
    """The generated worker, a person's upcaster and the real library, on an old message."""
    write(project, channels("web", "shop", contract=2))
    run("generate")
    folder = project / "lambdas/handlers/upcasters"
    folder.mkdir(exist_ok=True)
    (folder / "send_receipt.py").write_text(UPCASTER)
    program = (
        "from generated.entrypoints.send_receipt import lambda_handler as worker\n"
        "from clarivum_jobs.contract.reading import read_tolerantly\n"
        "from clarivum_jobs.contract.upcasting import upcast\n"
        "old = {'order_id': 'a', 'channel': 'phone'}\n"
        "data = upcast(old, 1, worker._model.contract.version, worker._upcasters)\n"
        "print(read_tolerantly(worker._model, data).channel)\n"
    )
    path = os.pathsep.join([str(project / "lambdas"), str(ROOT / "lambdas")])

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("shop\n", "")

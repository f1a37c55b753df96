"""An upcaster's first text: written once, refused until it is more than that."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.generator.compat.repository import Repository
from tests.generator.compat.states import (
    RIGHT,
    UPCASTERS,
    channels,
    noted,
    publish,
    upcasters,
)
from tests.generator.manifests import job, manifest

ROOT = Path(__file__).parents[3]


def test_an_upcaster_that_is_not_written_has_its_first_text(repository: Repository) -> None:
    """Once: it raises, the gate says so, and what a person wrote stays."""
    publish(repository, channels("web", "shop", "phone"))
    publish(repository, channels("web", "shop", contract=2))
    file = repository.root / UPCASTERS
    stub = file.read_text()

    unwritten = repository.run("compat", "--against", "HEAD~1")
    upcasters(repository, RIGHT)
    mine = file.read_text()
    repository.run("generate")
    publish(repository, channels("web", "shop", "app", contract=3))
    second = repository.run("compat", "--against", "HEAD~1")

    assert "def from_1(payload: dict[str, Any]) -> dict[str, Any]:" in stub
    assert unwritten.exit_code == 1
    assert "[upcaster-missing]: `from_1` in " in unwritten.output
    assert "is not written yet" in unwritten.output
    assert file.read_text() == mine
    assert second.exit_code == 1
    assert "write `def from_2(payload: dict[str, Any]) -> dict[str, Any]`" in second.output


def test_the_first_text_of_an_upcaster_goes_with_its_job(repository: Repository) -> None:
    """As a handler's does; what a person wrote is pointed out and stays."""
    publish(repository, channels("web", "shop", "phone"))
    publish(repository, channels("web", "shop", contract=2))
    repository.write(manifest({"other-job": job()}))
    gone = repository.run("generate")
    repository.git("checkout", "-q", "-f", "HEAD")
    upcasters(repository, RIGHT)
    repository.write(manifest({"other-job": job()}))
    kept = repository.run("generate")

    assert f"deleted  {UPCASTERS}" in gone.output
    assert f"note     {UPCASTERS}" in kept.output
    assert (repository.root / UPCASTERS).is_file()


def test_what_could_not_be_tried_is_said(repository: Repository) -> None:
    """A property of very many values is not tried with every value of the others."""
    publish(repository, channels(*(f"v{n}" for n in range(40))))
    upcasters(repository, "payload")
    publish(repository, channels(*(f"v{n}" for n in range(41)), contract=2))

    said = repository.run("compat", "--against", "HEAD~1")

    assert said.exit_code == 0, said.output
    assert "Not tried:\n  send-receipt, from_1: most pairs with the 40 values of `channel`" in (
        said.output
    )


def test_what_an_older_upcaster_drops_is_said_once(repository: Repository) -> None:
    """With the change that brings it, or touches it; not with every change from then on."""
    publish(repository, noted("string"))
    upcasters(repository, "{'id': payload['id']}")
    publish(repository, noted("string", contract=2))

    brought = repository.run("compat", "--against", "HEAD~1")
    later = repository.run("compat", "--against", "HEAD")
    upcasters(repository, "dict(id=payload['id'])")
    touched = repository.run("compat", "--against", "HEAD")
    upcasters(repository, "None")
    broken = repository.run("compat", "--against", "HEAD")

    assert "warning[upcaster-drops]" in brought.output
    assert "upcaster-drops" not in later.output
    assert "warning[upcaster-drops]" in touched.output
    assert broken.exit_code == 1


@pytest.mark.parametrize("name", ["send-receipt", "send-the-monthly-receipt-of-all-orders"])
def test_the_first_text_is_as_good_as_written_by_hand(name: str, repository: Repository) -> None:
    """Formatted, linted by every rule and typed, with several versions to read."""
    shutil.copy(ROOT / "pyproject.toml", repository.root)
    for number in (1, 2):
        repository.write(manifest({name: job(contract=number)}))
        assert repository.run("generate").exit_code == 0
    for file in (repository.root / UPCASTERS).parent.glob("*.py"):
        file.unlink()
    repository.write(manifest({name: job(contract=3)}))
    assert repository.run("generate").exit_code == 0

    (file,) = set((repository.root / UPCASTERS).parent.glob("send*.py"))
    for command in (["ruff", "format", "--check"], ["ruff", "check"], ["mypy", "--strict"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, str(file)],
            cwd=repository.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "def from_1(" in file.read_text()
    assert "def from_2(" in file.read_text()

"""The build as a whole, run as people run it."""

from __future__ import annotations

import base64
import json
import os
import platform
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.package import archive
from generator.package.build import build
from generator.package.errors import PackageError
from generator.package.layer import build_layer
from generator.package.targets import aws, host
from tests.package.tree import SOURCES, write_tree

if TYPE_CHECKING:
    from generator.package.targets import Target

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).resolve().parents[2]


def _package(root: Path, *, umask: int, zone: str) -> dict[str, str]:
    """Run the command in a process of its own; return file name -> SHA-256 of every zip."""
    command = [sys.executable, "-m", "generator.package", "--target", "host", "--root", str(root)]
    subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, "TZ": zone},
        umask=umask,
        check=True,
        capture_output=True,
    )
    built = root / "build" / "host"
    return {
        path.relative_to(built).as_posix(): archive.sha256_of(path) for path in built.rglob("*.zip")
    }


def _age(root: Path, seconds: float) -> None:
    for path in root.rglob("*"):
        os.utime(path, (time.time() - seconds, time.time() - seconds))


def test_equal_sources_give_equal_bytes(tmp_path: Path) -> None:
    """Place, clock, file times, time zone and umask leave no trace in any zip."""
    first = write_tree(tmp_path / "one place")
    second = write_tree(tmp_path / "another" / "place")
    for tree in (first, second):  # the lock names the wheel's own path, so both use one wheel
        (tree / "lambdas/layer.lock").write_bytes((first / "lambdas/layer.lock").read_bytes())
    _age(second, 10_000_000)
    (second / "lambdas/handlers/warm.py").chmod(0o700)

    expected = _package(first, umask=0o077, zone="Asia/Tokyo")
    actual = _package(second, umask=0o002, zone="America/Lima")

    assert {
        *("functions/send-mail.zip", "functions/warm.zip", "layer.zip", "installed/layer.zip")
    } == expected.keys()
    assert expected == actual


def test_keys_are_the_hashes_of_the_contents(tmp_path: Path) -> None:
    """The variables file names each zip by its SHA-256, in the shape Terraform reads."""
    done = build(write_tree(tmp_path), host(), tmp_path / "build" / "host")

    keys = json.loads(done.variables.read_text())["artifacts"]
    zips = done.directory / "functions"
    hashes = {job: archive.sha256_of(zips / f"{job}.zip") for job in ("send-mail", "warm")}
    expected = {
        job: {
            "key": f"functions/{job}/{sha256}.zip",
            "sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        }
        for job, sha256 in hashes.items()
    }
    assert expected == keys["functions"]
    assert f"layers/{archive.sha256_of(done.layer.path)}.zip" == keys["layer"]
    assert done.variables.name == "artifacts.auto.tfvars.json"


def test_a_handler_change_touches_one_job(tmp_path: Path) -> None:
    """Editing one handler changes that job's zip and no other."""
    tree = write_tree(tmp_path)
    before = build(tree, host(), tmp_path / "build")

    (tree / "lambdas/handlers/warm.py").write_text("def handle() -> None:\n    print(1)\n")
    after = build(tree, host(), tmp_path / "build")

    assert before.functions["send-mail"] == after.functions["send-mail"]
    assert before.functions["warm"] != after.functions["warm"]
    assert after.changed == ("warm",)


def test_the_zip_of_a_removed_job_goes(tmp_path: Path) -> None:
    """What is in the build directory is what would be deployed."""
    tree = write_tree(tmp_path)
    build(tree, host(), tmp_path / "build")

    (tree / "lambdas/generated/entrypoints/warm.py").unlink()
    build(tree, host(), tmp_path / "build")

    assert [path.name for path in (tmp_path / "build/functions").iterdir()] == ["send-mail.zip"]


def test_the_layer_holds_packages_and_no_traces(tmp_path: Path) -> None:
    """Packages and their metadata are under `python/`; scripts, tests and pip's records are not."""
    layer = build(write_tree(tmp_path), host(), tmp_path / "build").layer

    with zipfile.ZipFile(layer.path) as opened:
        expected = {
            "python/greeting/__init__.py",
            f"python/greeting/__pycache__/__init__.{sys.implementation.cache_tag}.pyc",
            "python/greeting-1.0.dist-info/METADATA",
            "python/greeting-1.0.dist-info/WHEEL",
            "python/greeting-1.0.dist-info/entry_points.txt",
        }
        assert expected == set(opened.namelist())


def test_the_layer_is_kept_until_its_lock_changes(tmp_path: Path) -> None:
    """A second run installs nothing; a changed lock or a damaged layer does."""
    tree = write_tree(tmp_path)
    lock, out = tree / "lambdas/layer.lock", tmp_path / "build"

    assert not build(tree, host(), out).layer.reused
    assert build(tree, host(), out).layer.reused
    lock.write_text(lock.read_text() + "# another comment\n")
    assert not build(tree, host(), out).layer.reused
    (out / "layer.zip").write_bytes(b"damaged")
    assert not build(tree, host(), out).layer.reused


def test_a_wheel_with_another_hash_is_refused(tmp_path: Path) -> None:
    """The lock's hashes decide; pip's own words are shown."""
    tree = write_tree(tmp_path)
    lock = tree / "lambdas/layer.lock"
    lock.write_text(lock.read_text().split("sha256:")[0] + "sha256:" + "0" * 64 + "\n")

    with pytest.raises(PackageError, match=r"pip could not install `layer\.lock`"):
        build(tree, host(), tmp_path / "build")


def test_a_function_over_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Lambda would refuse to create is refused here, with the sizes."""
    monkeypatch.setattr("generator.package.build.UNPACKED_LIMIT", 100)

    with pytest.raises(PackageError, match="`send-mail` and its layer take"):
        build(write_tree(tmp_path), host(), tmp_path / "build")


def test_nothing_to_package_is_an_error(tmp_path: Path) -> None:
    """A tree that was never generated says so."""
    sources = {name: text for name, text in SOURCES.items() if "entrypoints" not in name}

    with pytest.raises(PackageError, match="no entry points"):
        build(write_tree(tmp_path, sources), host(), tmp_path / "build")


def test_bad_sources_end_in_a_message(tmp_path: Path) -> None:
    """The command prints the position and exits 2, without a traceback."""
    tree = write_tree(
        tmp_path, {**SOURCES, "handlers/warm.py": "import handlers.gone\nhandle = 1\n"}
    )
    command = [sys.executable, "-m", "generator.package", "--target", "host", "--root", str(tree)]

    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("lambdas/handlers/warm.py:1:1: error[package]:")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("target", [aws(), host()], ids=lambda target: target.name)
def test_uv_and_pip_make_the_same_layer(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both choose the wheel that Lambda runs; who has only pip ships the same bytes."""
    lock = tmp_path / "layer.lock"
    locked = (REPOSITORY / "lambdas/layer.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", locked)
    wanted = ("pydantic-core==", "typing-extensions==")
    lock.write_text("\n".join(entry for entry in entries if entry.startswith(wanted)), "utf-8")
    by_uv = build_layer(lock, tmp_path / "uv.zip", target)
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "empty"))

    by_pip = build_layer(lock, tmp_path / "pip.zip", target)

    names = zipfile.ZipFile(by_pip.path).namelist()
    machine = "aarch64" if target.name == "aws" else platform.machine()
    assert any(name.endswith(f"{machine}-linux-gnu.so") for name in names)
    assert by_uv.sha256 == by_pip.sha256

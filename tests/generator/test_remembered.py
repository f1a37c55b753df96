"""A tree that was found in order is known again, and no other tree is taken for it."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.remembered import IN_ORDER, PLACE, PLACES, hash_of
from tests import chance
from tests.generator import manifests

REPOSITORY = Path(__file__).parents[2]
EDITS = chance.count("REMEMBERED_EDITS", 12, 300)
MOMENT = "1795000000"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a tree in order: two jobs, and modules whose calls are judged."""
    root = tmp_path_factory.mktemp("made")
    nightly = {"name": "nightly", "cron": "20 4 * * ? *", "timezone": "Europe/Berlin"}
    scheduled = manifests.job(schedule=[{**nightly, "payload": {"order_id": "all"}}])
    jobs = {"send-receipt": manifests.job(), "build": scheduled}
    manifests.write(root, manifests.manifest(jobs, environments=["dev", "build"]))
    ignored = shutil.ignore_patterns(".terraform*", "tests")
    shutil.copytree(REPOSITORY / "modules", root / "modules", ignore=ignored)
    assert CliRunner().invoke(main, ["generate", "--root", str(root)]).exit_code == 0
    check(root)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the tree for one test, found in order and remembered."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    shutil.copytree(made, tmp_path / "tree")
    assert check(tmp_path / "tree") == (0, IN_ORDER)
    return tmp_path / "tree"


def check(root: Path) -> tuple[int, str]:
    """Return how `check` ends and what it says."""
    done = CliRunner().invoke(main, ["check", "--root", str(root)])
    return done.exit_code, done.output


def anew(root: Path) -> tuple[int, str]:
    """Return the same where nothing is remembered."""
    (root / PLACE).unlink(missing_ok=True)
    return check(root)


def flip(path: Path, chosen: random.Random) -> None:
    """Change one bit of a file, or write into an empty one."""
    content = bytearray(path.read_bytes() or b"\0")
    content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    path.write_bytes(content)


def cut(path: Path, chosen: random.Random) -> None:
    """Leave a part of a file."""
    content = path.read_bytes()
    path.write_bytes(content[: chosen.randrange(len(content) + 1)])


def remove(path: Path, _: random.Random) -> None:
    """Remove a file."""
    path.unlink()


def move(path: Path, chosen: random.Random) -> None:
    """Give a file another name."""
    path.rename(path.with_name(f"{chosen.choice('abc')}{path.name}"))


def copy(path: Path, chosen: random.Random) -> None:
    """Put a copy beside it."""
    shutil.copy(path, path.with_name(f"{path.stem}_{chosen.choice('abc')}{path.suffix}"))


def link(path: Path, _: random.Random) -> None:
    """Put a link to the same content in a file's place."""
    elsewhere = path.with_name(f"..{path.name}")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (
    flip,
    flip,
    cut,
    remove,
    move,
    copy,
    link,
)


@pytest.mark.long
@pytest.mark.drawn
def test_any_change_is_answered_as_if_nothing_were_remembered(root: Path, tmp_path: Path) -> None:
    """A bit, an end, a name, a file more or less, a link: of any file, the manifest among them."""
    chosen = chance.drawer("remembered")
    different = 0
    kept = tmp_path / "kept"
    shutil.copytree(root, kept)
    for _ in range(EDITS):
        assert check(root) == (0, IN_ORDER)
        assert (root / PLACE).exists()
        place = root / chosen.choice(["jobs.yaml", *PLACES])
        path = chosen.choice(sorted(p for p in (place, *place.rglob("*")) if p.is_file()))
        change = chosen.choice(CHANGES)
        change(path, chosen)
        found = check(root)
        different += found != (0, IN_ORDER)

        assert found == anew(root), f"{change.__name__} of {path.relative_to(root)}"

        shutil.rmtree(root)
        shutil.copytree(kept, root)
    assert different > EDITS / 4


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe", b"0" * 64, b"in order"])
def test_a_broken_memory_is_none(root: Path, broken: bytes) -> None:
    """Whatever stands there, an edit is found."""
    (root / "docs/api/jobs.md").write_text("mine\n", encoding="utf-8")
    (root / PLACE).write_bytes(broken)

    assert check(root)[0] == 1


@pytest.mark.parametrize("where", ["the tool", "a library", "the hour", "the zones"])
def test_another_tool_or_time_remembers_nothing(
    root: Path, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of one is never taken for the other's."""
    manifest = root / "jobs.yaml"
    before = hash_of(manifest, root)
    assert before == (root / PLACE).read_text(encoding="ascii")
    if where == "the tool":
        tool = tmp_path / "tool"
        tool.mkdir()
        monkeypatch.setattr("generator.remembered.__file__", str(tool / "remembered.py"))
    elif where == "a library":
        (tmp_path / "site" / "other-1.0.dist-info").mkdir(parents=True)
        monkeypatch.syspath_prepend(tmp_path / "site")
    elif where == "the hour":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MOMENT) + 3600))
    else:
        monkeypatch.setenv("PYTHONTZPATH", str(tmp_path))

    assert hash_of(manifest, root) not in ("", before)


SOON = "2031-03-01T06:00:00"
LAPSING: tuple[dict[str, object], ...] = (
    {"schedule": [{"name": "once", "at": SOON, "timezone": "UTC", "payload": {"order_id": "1"}}]},
    {
        "schedule": [
            {
                "name": "year",
                "cron": "0 6 1 3 ? 2031",
                "timezone": "UTC",
                "payload": {"order_id": "1"},
            }
        ]
    },
    {"lifecycle": {"state": "paused", "until": "2026-11-19T00:30:00Z", "why": "the office moves"}},
)


@pytest.mark.parametrize("lapsing", LAPSING, ids=["at", "year", "pause"])
def test_what_a_minute_can_change_is_not_remembered(
    tmp_path: Path, lapsing: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A moment that passes turns what was right into what is wrong."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    manifests.write(tmp_path, manifests.manifest({"send-receipt": manifests.job(**lapsing)}))
    assert CliRunner().invoke(main, ["generate", "--root", str(tmp_path)]).exit_code == 0

    assert check(tmp_path) == (0, IN_ORDER)
    assert not (tmp_path / PLACE).exists()


@pytest.mark.parametrize("epoch", ["", "tomorrow", "-1"])
def test_a_moment_that_nobody_can_read_is_the_clocks(
    root: Path, epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules take the clock then, so the hour counts."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setattr("generator.remembered.time.time", lambda: 1_800_000_000.0)
    before = hash_of(root / "jobs.yaml", root)
    monkeypatch.setattr("generator.remembered.time.time", lambda: 1_800_003_600.0)

    assert hash_of(root / "jobs.yaml", root) not in ("", before)


_LOOKED = """
import json, os, sys
seen = set()

def hook(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        seen.add(os.path.abspath(arguments[0]))

from generator.cli import main
import generator.remembered
generator.remembered.hash_of = lambda *_: ""
sys.addaudithook(hook)
try:
    main(["check", "--root", sys.argv[1]], standalone_mode=False)
except SystemExit:
    pass
json.dump(sorted(seen), sys.stderr)
"""


def test_everything_that_is_looked_at_is_in_the_hash(root: Path) -> None:
    """Nothing of the repository is opened or listed that the hash knows nothing of."""
    done = subprocess.run(
        [sys.executable, "-c", _LOOKED, str(root)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    seen = [Path(name) for name in json.loads(done.stderr.splitlines()[-1])]
    inside = {path.relative_to(root).as_posix() for path in seen if path.is_relative_to(root)}
    known = ("jobs.yaml", ".local", *PLACES)

    strange = {
        name
        for name in inside - {"."}
        if not any(name == place or name.startswith(f"{place}/") for place in known)
    }
    assert len(inside) > 20
    assert strange == set()

"""A build that is remembered is the one that would be made, whatever happened in between."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from generator.package import archive
from generator.package.build import build
from generator.package.remembered import inputs_of
from generator.package.targets import host
from tests.chance import count, drawer
from tests.package.tree import write_tree

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.long

_ENEMIES = count("REMEMBERED_BUILDS", 8, 60)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tree that was packaged once into its own `build`."""
    root = write_tree(tmp_path_factory.mktemp("tree"))
    build(root, host(), root / "build")
    return root


def _changed_source(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "lambdas").rglob("*.py")))
    path.write_text(path.read_text(encoding="utf-8") + f"# {chance.random()}\n", encoding="utf-8")


def _new_source(root: Path, chance: random.Random) -> None:
    folder = chance.choice(sorted({path.parent for path in (root / "lambdas").rglob("*.py")}))
    (folder / f"new{chance.randrange(9)}.py").write_text("", encoding="utf-8")


def _lost_source(root: Path, chance: random.Random) -> None:
    entries = root / "lambdas/generated/entrypoints"
    chance.choice([path for path in sorted(entries.glob("*.py")) if "__" not in path.name]).unlink()


def _moved_name(root: Path, _chance: random.Random) -> None:
    path = root / "lambdas/handlers/warm.py"
    (path.parent / "warmer.py").write_bytes(path.read_bytes())


def _damaged(root: Path, chance: random.Random) -> None:
    zips = sorted((root / "build").glob("*.zip")) + sorted((root / "build/functions").glob("*.zip"))
    path = chance.choice(zips)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1
    path.write_bytes(content)


def _gone(root: Path, chance: random.Random) -> None:
    chance.choice([path for path in sorted((root / "build").rglob("*")) if path.is_file()]).unlink()


def _stranger(root: Path, _chance: random.Random) -> None:
    (root / "build/functions/stranger.zip").write_bytes(b"no job's")


def _keys(root: Path, _chance: random.Random) -> None:
    (root / "build/artifacts.auto.tfvars.json").write_text("{}", encoding="utf-8")


def _word(root: Path, chance: random.Random) -> None:
    text = chance.choice(["", "[]", "{}", '{"inputs": ""}', "null", '{"functions": 1}'])
    (root / "build/build.json").write_text(text, encoding="utf-8")


ENEMIES: tuple[Callable[[Path, random.Random], None], ...] = (
    *(_changed_source, _new_source, _lost_source, _moved_name),
    *(_damaged, _gone, _stranger, _keys, _word),
)


def test_what_is_remembered_is_what_would_be_made(made: Path, tmp_path: Path) -> None:
    """Each enemy leaves the same zips and keys as a build that remembers nothing."""
    chance = drawer(__name__)
    for number in range(_ENEMIES):
        root, fresh = tmp_path / f"one{number}", tmp_path / f"other{number}"
        shutil.copytree(made, root)
        enemy = chance.choice(ENEMIES)
        enemy(root, chance)
        shutil.copytree(root, fresh)
        for word in (fresh / "build").rglob("*.json"):
            word.unlink()

        for each in (root, fresh):
            build(each, host(), each / "build")

        assert dict(_seen(root)) == dict(_seen(fresh)), enemy.__name__


def test_nothing_is_packaged_twice(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is as it was is hashed alone, and told as the build that made it."""
    root = tmp_path / "tree"
    shutil.copytree(made, root)
    first = build(root, host(), root / "build")
    monkeypatch.setattr("generator.package.build.Packer", None)

    again = build(root, host(), root / "build")

    assert again == first
    assert again.changed == ()
    assert inputs_of(root / "lambdas", host()) == inputs_of(made / "lambdas", host())


def _seen(root: Path) -> Iterator[tuple[str, str]]:
    """Yield what is uploaded, and what names it."""
    built = root / "build"
    for path in (*sorted(built.glob("*.*")), *sorted((built / "functions").iterdir())):
        if path.name not in {"build.json", "layer.json"}:
            yield path.relative_to(root).as_posix(), archive.sha256_of(path)

"""What saved files ask for, and what one loop leaves for the next."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.local.engine import emulator
from envs.local.loop import memory
from envs.local.loop.edits import WATCHED, Asked, asked, saved_since

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {
    "jobs.yaml": Asked.GENERATE,
    "modules/queue/main.tf": Asked.APPLY,
    "envs/local/main.tf": Asked.APPLY,
    "lambdas/handlers/pdf_export.py": Asked.PACKAGE,
    "lambdas/handlers/support/web.py": Asked.PACKAGE,
    "lambdas/layer.lock": Asked.PACKAGE,
    "lambdas/handlers/__pycache__/pdf_export.cpython-313.pyc": Asked.NOTHING,
    "lambdas/handlers/.pdf_export.py.swp": Asked.NOTHING,
    "lambdas/handlers/pdf_export.py~": Asked.NOTHING,
    "lambdas/handlers/4913": Asked.NOTHING,
    "envs/local/.terraform/providers/x.tf": Asked.NOTHING,
    "envs/local/loop/start.py": Asked.NOTHING,
    "modules/README.md": Asked.NOTHING,
}


@given(st.lists(st.sampled_from(sorted(FILES))))
def test_the_most_that_any_file_asks_for_is_done(names: list[str]) -> None:
    """What an editor leaves beside a file asks for nothing."""
    wanted = max((FILES[name] for name in names), default=Asked.NOTHING)

    assert asked(map(PurePath, names)) == wanted


def test_what_is_watched_is_there() -> None:
    """A folder that was renamed would be watched no more, and nobody would be told."""
    root = Path(__file__).parents[2]

    assert [name for name in WATCHED if not (root / name).exists()] == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a repository with what an apply reads."""
    for name in ("envs/local/main.tf", "envs/bootstrap/main.tf", "modules/queue/main.tf"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(name)
    built = tmp_path / "build" / "host"
    built.mkdir(parents=True)
    (built / "artifacts.auto.tfvars.json").write_text(
        '{"artifacts": {"layer": "l", "functions": {"a": {"key": "k", "sha256": "s"}}}}'
    )
    return tmp_path


def _edit(name: str, text: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text(text)


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (_edit("modules/queue/main.tf", "other"), True),
        (_edit("envs/local/more.tf", "new"), True),
        (_edit("build/host/artifacts.auto.tfvars.json",
               '{"artifacts": {"layer": "m", "functions": {"a": {}}}}'), True),
        (_edit("build/host/artifacts.auto.tfvars.json",
               '{"artifacts": {"layer": "l", "functions": {"a": {}, "b": {}}}}'), True),
        (_edit("build/host/artifacts.auto.tfvars.json",
               '{"artifacts": {"layer": "l", "functions": {"a": {"key": "new"}}}}'), False),
        (_edit("modules/queue/README.md", "words"), False),
    ],
)  # fmt: skip
def test_only_what_an_apply_would_carry_out_asks_for_one(
    tree: Path, change: Callable[[Path], object], *, again: bool
) -> None:
    """The code of a function has its own, quick way."""
    before = memory.applied(tree, "http://127.0.0.1:1", "http://127.0.0.1:2")
    change(tree)

    assert (memory.applied(tree, "http://127.0.0.1:1", "http://127.0.0.1:2") != before) == again
    assert memory.applied(tree, "http://127.0.0.1:9", "http://127.0.0.1:2") != before


def test_what_one_leaves_the_next_finds(tmp_path: Path) -> None:
    """What cannot be read is nothing, and begins from nothing."""
    left = memory.Memory(4566, 8080, "abc")
    memory.remember(tmp_path, left)

    assert memory.recall(tmp_path) == left
    for text in ("", "[]", '{"ports": 1}', "[" * 100_000):
        memory.path(tmp_path).write_text(text)
        assert memory.recall(tmp_path) == memory.Memory()


@given(
    st.dictionaries(
        st.sampled_from(["port", "site_port", "applied", "more"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())
        ),
    )
)
def test_what_is_no_memory_is_none(tmp_path_factory: pytest.TempPathFactory, left: object) -> None:
    """Whatever a file holds, what is recalled can be listened on and compared."""
    tree = tmp_path_factory.mktemp("tree")
    memory.path(tree).parent.mkdir()
    memory.path(tree).write_text(json.dumps(left))

    known = memory.recall(tree)

    assert emulator.is_free(known.port) in {True, False}
    assert emulator.is_free(known.site_port) in {True, False}
    assert isinstance(known.applied, str)


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_what_was_saved_while_all_came_up_is_found(
    tmp_path_factory: pytest.TempPathFactory, late: list[bool]
) -> None:
    """By its time alone, wherever it lies below what is watched; nothing older is."""
    tree, moment = tmp_path_factory.mktemp("tree"), 1_000_000.0
    wanted = set()
    for number, saved in enumerate(late):
        path = tree / ("lambdas", "modules")[number % 2] / f"deep{number}" / f"file{number}.py"
        path.parent.mkdir(parents=True)
        path.write_text("")
        os.utime(path, (moment, moment + (number if saved else -1 - number)))
        wanted |= {PurePath(path.relative_to(tree))} if saved else set()

    assert set(saved_since(tree, moment)) == wanted

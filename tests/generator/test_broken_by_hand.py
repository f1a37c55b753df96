"""Whatever a hand does to any generated file, `check` tells: as a person calls it, file by file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.drift import compare
from generator.pipeline import examine, planned
from tests.chance import drawer
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from generator.render.plan import Plan


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return the plan of our own manifest, and generate it elsewhere."""
    shutil.copy(ROOT / "jobs.yaml", tmp_path)
    done = CliRunner().invoke(main, ["generate", "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    manifest = examine(tmp_path / "jobs.yaml", tmp_path).manifest
    assert manifest is not None
    return planned(manifest, tmp_path)


def broken(text: bytes, kind: int, at: int) -> bytes:
    """Return a file with a letter gone, a letter more, a line twice, a line gone, or cut off."""
    line = text.find(b"\n", at) + 1
    end = text.find(b"\n", line) + 1 or len(text)
    return (
        text[:at] + text[at + 1 :],
        text[:at] + b"x" + text[at:],
        text[:end] + text[line:end] + text[end:],
        text[:line] + text[end:],
        text[:at],
    )[kind]


@pytest.mark.drawn
def test_each_generated_file_broken_by_hand_is_caught(tmp_path: Path, plan: Plan) -> None:
    """At any place, in any way; restored, nothing differs."""
    chance = drawer("broken by hand")
    assert len(plan.machine) > 40
    for path in plan.machine:
        file = tmp_path / path
        whole = file.read_bytes()
        changed = broken(whole, chance.randrange(5), chance.randrange(max(len(whole), 1)))
        if changed == whole:
            changed = whole + b"x"
        file.write_bytes(changed)
        found = compare(tmp_path, plan)
        named = [*found.edited, *found.unsigned, *found.stale, *found.outdated]
        assert named == [path], changed
        file.write_bytes(whole)
    assert not compare(tmp_path, plan)


def test_check_does_not_remember_a_tree_that_a_hand_broke(tmp_path: Path, plan: Plan) -> None:
    """Between two looks that find all in order, each broken document is seen."""

    def check() -> int:
        return CliRunner().invoke(main, ["check", "--root", str(tmp_path)]).exit_code

    assert check() == 0
    for path in (path for path in plan.machine if path.endswith((".md", ".mmd", ".bpmn"))):
        file = tmp_path / path
        whole = file.read_bytes()
        file.write_bytes(whole.replace(b"queue", b"qeue", 1).replace(b"e", b"E", 1))
        assert check() == 1, path
        file.write_bytes(whole)
        assert check() == 0, path

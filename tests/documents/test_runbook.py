"""Each alarm's chapter of the runbook: what it means, what to type first, how it is rehearsed.

The rehearsals are run on the emulator, by `tests/e2e/rehearsals.py`.
"""

from __future__ import annotations

import re

import pytest

from generator.alarm_kinds import LEVELS, alarms_of, shared_alarms
from generator.pipeline import examine
from tests.documents.blocks import of_text
from tests.e2e.rehearsals import chapters, steps
from tests.repo.tracked import ROOT

CHAPTERS = chapters()
_WITHOUT = re.compile(r"\nNo rehearsal: [a-z][^\n]+\.\n")


def anchors() -> list[str]:
    """Return the chapter of every alarm that there is."""
    manifest = examine(ROOT / "jobs.yaml").manifest
    assert manifest is not None
    own = {
        kind.name.partition(".")[0]
        for workers in manifest.workers.values()
        for worker in workers
        for kind in alarms_of(worker)
    }
    assert shared_alarms(LEVELS[-1])
    return sorted({*own, "schedules"})


@pytest.mark.parametrize("anchor", anchors())
def test_a_chapter_says_meaning_first_command_and_rehearsal(anchor: str) -> None:
    """In this order, and what to do between the command and the rehearsal."""
    chapter = CHAPTERS[anchor]
    meaning, fence, rest = chapter.partition("```console")
    before, _, _ = re.split(r"\n((?:No r|R)ehearsal)", rest, maxsplit=1)
    block = next(of_text(chapter, anchor, "console"))

    assert fence
    assert len(meaning.split()) > 5
    assert next(block.commands()).split()[0] in {"clarivum", "aws"}
    assert len(before.partition("```\n")[2].split()) > 5
    assert bool(list(steps(chapter))) != bool(_WITHOUT.search(chapter))


def test_what_is_rehearsed_ends_as_it_began() -> None:
    """Each pause is resumed, and each plan for letters is applied."""
    for name, chapter in CHAPTERS.items():
        typed = [step.command for step in steps(chapter)]
        for begin, end in (("clarivum pause", "clarivum resume"), ("dlq plan", "dlq apply")):
            counts = [sum(word in line for line in typed) for word in (begin, end)]
            assert counts[0] == counts[1], name

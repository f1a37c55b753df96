"""The documents speak of things that exist."""

import re

from tests.repo.tracked import ROOT, tracked

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
# In a line of code or at a prompt; plain prose may make anything.
TARGET = re.compile(r"(?:`|^\$ )make ([a-z][a-z-]*)", re.MULTILINE)


def test_every_relative_link_leads_somewhere() -> None:
    """A link in a Markdown file points at a file or folder of the tree."""
    broken = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in tracked("*.md")
        # What the cases of tests link is beside the document in a whole repository.
        if "tests/generator/cases" not in path.as_posix()
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]

    assert broken == []


def test_every_make_target_in_the_documents_exists() -> None:
    """Whatever the documents tell a reader to type is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    unknown = {
        f"{path.relative_to(ROOT)}: make {name}"
        for path in tracked("*.md")
        for name in TARGET.findall(path.read_text(encoding="utf-8"))
        if name not in targets
    }

    assert unknown == set()


def test_every_decision_is_listed() -> None:
    """The index of decisions names each record beside it, and nothing else."""
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = {path.name for path in folder.glob("0*.md")}

    assert set(re.findall(r"\]\((0[^)]+)\)", index)) == records

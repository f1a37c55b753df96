"""docs/adding-a-job.md, followed as it is printed, in the copy of the tree."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

from tests.documents.blocks import of_file
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "coupon-issuance"
GUIDE = ROOT / "docs/adding-a-job.md"
HANDLER = "lambdas/handlers/coupon_issuance.py"

# What the guide's producer has at hand: a service's own objects.
_AT_HAND = """
import types, uuid
reward = types.SimpleNamespace(id=uuid.uuid4())
customer = types.SimpleNamespace(id="c-1")
"""

TOUCHED = (
    "tests/documents/test_code_blocks.py",
    "tests/repo/test_documents.py",
    "tests/repo/test_budgets.py",
    "tests/generator/interface/test_judge.py::test_our_own_calls_are_right",
    "tests/simulator/test_every_job.py",
)
"""Tests that a new job is looked at by."""


def follow(root: Path) -> None:
    """Do what steps 1 to 3 of the guide say; who has followed it already has the job."""
    (root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    manifest = root / "jobs.yaml"
    text = manifest.read_text(encoding="utf-8")
    if f"\n  {NAME}:\n" in text:
        return
    (job,) = of_file(GUIDE, "yaml")
    handler, _ = of_file(GUIDE, "python")
    manifest.write_text(f"{text}\n{textwrap.indent(job.text, '  ')}", encoding="utf-8")
    done = typed(root, "make", "generate")
    assert done.returncode == 0, done.stdout
    (root / HANDLER).write_text(handler.text, encoding="utf-8")


def producer() -> str:
    """Return the guide's producer as a program."""
    _, sends = of_file(GUIDE, "python")
    return _AT_HAND + sends.text


def typed(
    root: Path, *words: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in the copy, its environment being the one at hand."""
    program, *arguments = words
    if program == "make":
        # The copy borrows the environment of this run: it is not to be made anew.
        arguments = ["--no-print-directory", "--old-file=.venv/.ready", *arguments]
    return subprocess.run(
        [program, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": "lambdas:.", **(more or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def its_tree_is_accepted(root: Path) -> None:
    """What the guide makes is linted, typed, and as the generator has it; the job is explained."""
    python = ".venv/bin/python"
    for words in (
        ("git", "init", "--quiet"),
        ("git", "add", "--all"),
        ("make", "validate"),
        ("make", "check"),
        (python, "-m", "ruff", "check", HANDLER, "lambdas/generated"),
        (python, "-m", "ruff", "format", "--check", HANDLER, "lambdas/generated"),
        (python, "-m", "mypy", HANDLER),
        (".venv/bin/clarivum", "explain", NAME),
        (python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TOUCHED),
    ):
        done = typed(root, *words)
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}"

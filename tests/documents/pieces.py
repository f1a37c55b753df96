"""Everything that documents give a reader to run, and who runs it.

A piece is a block of code, or one command of a block of commands. It is run by its language in
`test_every_block.py`, unless it stands in one of the two tables here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.documents.blocks import of_file
from tests.repo.tracked import ROOT, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

_APART = ("tests/", "build/")
_TYPED = ("console", "sh")


@dataclass(frozen=True)
class Piece:
    """One thing to run.

    Attributes:
        document: Its file, from the root.
        place: File and line, for people.
        language: What stands behind the fence.
        text: All of it.
    """

    document: str
    place: str
    language: str
    text: str

    @property
    def name(self) -> str:
        """What it begins with, by which tables name it."""
        return self.text.strip().partition("\n")[0]

    @property
    def executor(self) -> str:
        """Return the test that runs it elsewhere, or nothing."""
        found = (self.document, self.language)
        return ELSEWHERE.get((*found, self.name)) or ELSEWHERE.get((*found, "")) or ""

    @property
    def reason(self) -> str:
        """Return why nothing runs it, or nothing."""
        return UNTRIED.get((self.language, self.name), "")


def pieces() -> list[Piece]:
    """Return every piece of every document."""
    return [
        piece
        for path in tracked("*.md")
        if not (name := path.relative_to(ROOT).as_posix()).startswith(_APART)
        for piece in _of_document(name)
    ]


def _of_document(name: str) -> Iterator[Piece]:
    for block in of_file(ROOT / name):
        if block.language == "sh":
            for line in filter(None, block.text.splitlines()):
                yield Piece(name, block.place, block.language, line)
        elif block.language == "console":
            for command in block.commands():
                yield Piece(name, block.place, block.language, command)
        else:
            yield Piece(name, block.place, block.language, block.text)


_GUIDE = (
    "tests/documents/test_code_blocks.py::"
    "test_the_handler_of_the_guide_handles_the_job_of_the_guide"
)
_EXAMPLES = "tests/documents/test_code_blocks.py::test_the_examples_of_every_job_fit_its_contract"
_DESK = "tests/e2e/desk_tests.py::every_command_that_is_shown_runs"
_WHEEL = "tests/package/test_wheel.py::test_what_the_documents_show_enqueues"
_LOOP = "tests/e2e/loop_tests.py::loop"
_DEMO = "tests/e2e/conftest.py::world"
_README = "tests/typescript/test_readme.py::test_the_code_of_the_readme_compiles"

ELSEWHERE: dict[tuple[str, str, str], str] = {
    ("docs/adding-a-job.md", "yaml", ""): _GUIDE,
    ("docs/adding-a-job.md", "python", ""): _GUIDE,
    **{("docs/api/jobs.md", language, ""): _EXAMPLES for language in ("python", "console", "json")},
    **{(f"docs/{name}.md", "console", ""): _DESK for name in ("desk", "runbook", "on-call", "dev")},
    ("docs/dev.md", "console", "make dev"): _LOOP,
    ("docs/python-services.md", "python", ""): _WHEEL,
    ("README.md", "console", "make demo"): _DEMO,
    ("lambdas/typescript/README.md", "ts", ""): _README,
}
"""The test that runs a piece, by document, language and first line; none for all of them."""

UNTRIED: dict[tuple[str, str], str] = {
    ("", "jobs.yaml ──▶ manifest ──▶ rules ──▶ render ──▶ files in git"): "it is a drawing",
    (
        "",
        'filter outcome in ["retry", "dead"] | stats count() by error_code, reason',
    ): "CloudWatch Logs Insights runs on AWS alone",
    ("console", "make test"): "it is what runs this test",
    ("console", "make providers-lock ENV=dev"): "it asks Terraform's registry",
    (
        "sh",
        "npm install @clarivum/jobs",
    ): "it is of no registry; tests/typescript packs it",
}
"""Why nothing runs a piece, by language and first line."""

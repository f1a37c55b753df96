"""What people read when a manifest is wrong: one folder a case, the manifest and the text."""

from pathlib import Path

import pytest

from generator.diagnostics import as_text
from generator.pipeline import examine
from tests.generator.trees import assert_text

CASES = sorted((Path(__file__).parent / "bad").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_manifest_is_explained(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All findings of a case, with place, caret and hint, are the expected ones."""
    monkeypatch.chdir(case)
    examined = examine(Path("jobs.yaml"))

    assert examined.manifest is None
    assert_text(case / "expected.txt", as_text(examined.findings, examined.source.text))

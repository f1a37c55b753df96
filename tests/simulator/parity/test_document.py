"""The parity table and the parity tests name each other, completely."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[2] / "docs" / "parity.md"


def test_every_row_is_a_test_and_every_test_a_row() -> None:
    """No line of the table is without its test, and no parity test without its line."""
    rows = re.findall(r"`(test_\w+\.py::test_\w+)`", DOCUMENT.read_text(encoding="utf-8"))
    tests = [
        f"{path.name}::{name}"
        for path in sorted(HERE.glob("test_*.py"))
        if path.name != Path(__file__).name
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert sorted(rows) == sorted(tests)

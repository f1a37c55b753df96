"""Files stay small enough to be read in one go."""

from tests.repo.tracked import ROOT, tracked

LIMITS = {"*.py": 300, "*.j2": 60, "*.tf": 150}
MACHINE = ("/generated/", ".gen.")


def test_every_hand_written_file_keeps_its_line_budget() -> None:
    """No Python file passes 300 lines, no template 60, no Terraform file 150."""
    over = [
        f"{path.relative_to(ROOT)}: {lines} lines, {limit} allowed"
        for pattern, limit in LIMITS.items()
        for path in tracked(pattern)
        if not any(mark in path.as_posix() for mark in MACHINE)
        and (lines := path.read_text(encoding="utf-8").count("\n")) > limit
    ]

    assert over == []


def test_the_budget_check_sees_files() -> None:
    """The listing the budgets are checked against is not empty."""
    assert len(list(tracked("*.py"))) > 20

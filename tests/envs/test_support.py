"""What is said of tests that need Terraform where it is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envs.deploy.provider import REGISTRY, Lookup
from tests.terraform_support import missing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_missing_command_is_the_reason(tmp_path: Path) -> None:
    """The reason says what to install."""
    lookup = Lookup(environ={}, home=tmp_path, root=tmp_path, online=lambda: True)

    assert "install Terraform" in missing({"PATH": str(tmp_path)}, lookup)


def test_a_missing_provider_is_the_reason(tmp_path: Path) -> None:
    """The reason names the setting that helps."""
    program = tmp_path / "terraform"
    program.touch(mode=0o755)
    lookup = Lookup(environ={}, home=tmp_path, root=tmp_path, online=lambda: False)

    assert "TF_PLUGIN_DIR" in missing({"PATH": str(tmp_path)}, lookup)


def test_with_both_there_is_no_reason(tmp_path: Path) -> None:
    """Tests run where command and provider are at hand."""
    program = tmp_path / "terraform"
    program.touch(mode=0o755)
    (tmp_path / "opt" / REGISTRY / "hashicorp" / "aws").mkdir(parents=True)
    lookup = Lookup(environ={}, home=tmp_path, root=tmp_path, online=lambda: False)

    assert missing({"PATH": str(tmp_path)}, lookup) == ""

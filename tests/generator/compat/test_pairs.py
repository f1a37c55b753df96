"""Every rule of the gate has a pair of manifests and the exact verdict about the change.

`make golden` rewrites the verdicts; a failing test says so.
"""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.compat.registry import RULES

HERE = Path(__file__).parent
ACCEPTED = ("accepted", "retired", "unchanged", "widened")
"""Pairs of changes that are let through, one with an upcaster."""

WARNINGS = {
    *("idempotency-key-changed", "key-default-changed"),
    *("payload-property-dropped", "upcaster-drops"),
}


def verdict(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> tuple[int, str]:
    """Return what the command line says about the change in a folder."""
    monkeypatch.chdir(folder)
    command = ["compat", "--against", "old.yaml", "--manifest", "new.yaml", *options]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.output


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    """No rule goes without an example, no example outlives its rule."""
    folders = {path.parent.name for path in HERE.glob("*/old.yaml")}

    assert folders == {*RULES, *ACCEPTED}
    for rule in RULES.values():
        assert all((rule.what, rule.why, rule.remedy))


@pytest.mark.parametrize("name", [*RULES, *ACCEPTED])
def test_the_change_gets_exactly_this_verdict(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person sees about a change is reviewed, letter by letter."""
    status, said = verdict(HERE / name, monkeypatch)
    expected = HERE / name / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        expected.write_text(said, encoding="utf-8")

    assert status == (0 if name in ACCEPTED or name in WARNINGS else 1), said
    assert said == expected.read_text(encoding="utf-8"), "`make golden` rewrites it, read the diff"
    assert name in ACCEPTED or f"[{name}]" in said


def test_allowed_verdict_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person may allow one verdict about one job, and no other."""
    folder = HERE / "timeout-lowered"

    assert verdict(folder, monkeypatch, "--allow", "timeout-lowered:send-receipt")[0] == 0
    assert verdict(folder, monkeypatch, "--allow", "timeout-lowered:other-job")[0] == 1


def test_commit_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch or a commit of the repository stands for the manifest in it."""
    manifest = tmp_path / "jobs.yaml"
    manifest.write_bytes((HERE / "payload-value-removed" / "old.yaml").read_bytes())
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.com"]
    for command in (["init", "-q"], ["add", "jobs.yaml"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *command], check=True)
    manifest.write_bytes((HERE / "payload-value-removed" / "new.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)

    refused = CliRunner().invoke(main, ["compat", "--against", "HEAD"])
    broken = CliRunner().invoke(main, ["compat", "--against", "no-such-branch"])

    assert refused.exit_code == 1
    assert "payload-value-removed" in refused.output
    assert broken.exit_code == 2
    assert "neither a file nor a commit" in broken.output


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    against=st.sampled_from(["", " ", "\n", ":", ":0", ":jobs.yaml", "HEAD:jobs.yaml", "HEAD:"])
    | st.sampled_from(["-h", "--help", "--output=leak", "HEAD^{tree}", "HEAD -- jobs.yaml", "@{"])
    | st.text(alphabet="-:@{}^~. /", max_size=6).filter(lambda text: text.strip("~^0. /") != "@")
)
def test_what_is_no_commit_is_never_compared_with(
    against: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty, an option, the index or a path in a commit: the call is broken, not compatible."""
    manifest = tmp_path / "jobs.yaml"
    if not manifest.exists():
        manifest.write_bytes((HERE / "payload-value-removed" / "old.yaml").read_bytes())
        git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.com"]
        for command in (["init", "-q"], ["add", "jobs.yaml"], ["commit", "-qm", "before"]):
            subprocess.run([*git, *command], check=True)
    monkeypatch.chdir(tmp_path)

    broken = CliRunner().invoke(main, ["compat", f"--against={against}"])

    assert broken.exit_code == 2, broken.output
    assert "error: " in broken.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "jobs.yaml"]

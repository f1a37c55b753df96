"""Every rule of the gate has a pair of manifests and the exact verdict about the change.

`make golden` rewrites the verdicts; a failing test says so.
"""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.gate_rules import RULES
from tests.generator.compat.repository import Repository

HERE = Path(__file__).parent
ACCEPTED = (
    "accepted",
    "allowed",
    "published-between",
    "renamed",
    "retired",
    "unchanged",
    "widened",
)
"""Pairs of changes that are let through: with upcasters, by an entry, or for they break nothing."""

WARNINGS = {
    *("idempotency-key-changed", "key-default-changed", "key-spelling-changed"),
    *("payload-property-dropped", "upcaster-drops"),
    "allowed-change-unused",
}
NOON = "1795780800"
"""27 November 2026."""


def verdict(
    folder: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path | None = None
) -> tuple[int, str]:
    """Return what the command line says about the change in a folder.

    What was before stands in `old.yaml`, in `before/old.yaml` with what was published then, or, for
    two branches, in `forked/` and `before/`.
    """
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    against = "before/old.yaml" if (folder / "before" / "old.yaml").is_file() else "old.yaml"
    if (folder / "forked").is_dir():
        assert scratch is not None
        folder = branched(folder, scratch)
        against = "main"
    monkeypatch.chdir(folder)
    command = ["compat", "--against", against, "--manifest", "new.yaml"]
    result = CliRunner().invoke(main, command)
    return result.exit_code, result.output


def branched(folder: Path, scratch: Path) -> Path:
    """Return a repository on a branch, where `main` has gone on since they parted."""
    repository = Repository(scratch / "repository")
    for state, branch in (("forked", "main"), ("before", "main"), (".", "mine")):
        repository.clear()
        shutil.copytree(
            folder / state,
            repository.root,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("forked", "before", "expected.txt"),
        )
        for manifest in repository.root.glob("jobs.yaml"):
            manifest.rename(repository.root / "new.yaml")
        if state == "before":
            repository.commit("theirs")
            repository.git("branch", "mine", "HEAD~1")
        elif state == "forked":
            repository.commit("forked")
        else:
            repository.git("symbolic-ref", "HEAD", f"refs/heads/{branch}")
            repository.commit("mine")
    return repository.root


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    """No rule goes without an example, no example outlives its rule."""
    folders = {path.parent.name for path in HERE.glob("*/new.yaml")}

    assert folders == {*RULES, *ACCEPTED}
    for rule in RULES.values():
        assert all((rule.what, rule.why, rule.remedy))


@pytest.mark.parametrize("name", [*RULES, *ACCEPTED])
def test_the_change_gets_exactly_this_verdict(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What a person sees about a change is reviewed, letter by letter."""
    status, said = verdict(HERE / name, monkeypatch, tmp_path)
    expected = HERE / name / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        expected.write_text(said, encoding="utf-8")

    assert status == (0 if name in ACCEPTED or name in WARNINGS else 1), said
    assert said == expected.read_text(encoding="utf-8"), "`make golden` rewrites it, read the diff"
    assert name in ACCEPTED or f"[{name}]" in said


def test_commit_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A branch or a commit of the repository stands for the manifest in it."""
    manifest = tmp_path / "jobs.yaml"
    manifest.write_bytes((HERE / "payload-value-removed" / "old.yaml").read_bytes())
    Repository(tmp_path).commit("before")
    manifest.write_bytes((HERE / "payload-value-removed" / "new.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)

    refused = CliRunner().invoke(main, ["compat", "--against", "HEAD"])
    broken = CliRunner().invoke(main, ["compat", "--against", "no-such-branch"])

    assert refused.exit_code == 1
    assert "payload-value-removed" in refused.output
    assert broken.exit_code == 2
    assert "neither a file nor a commit" in broken.output


@pytest.mark.parametrize("verb", ["compat", "review"])
def test_commit_without_a_manifest_is_told_in_our_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """The first change that has one: there is nothing before it."""
    (tmp_path / "README.md").write_text("soon\n", encoding="utf-8")
    Repository(tmp_path).commit("before")
    old = (HERE / "payload-value-removed" / "old.yaml").read_bytes()
    (tmp_path / "jobs.yaml").write_bytes(old)
    monkeypatch.chdir(tmp_path)

    told = CliRunner().invoke(main, [verb, "--against", "HEAD"])

    assert told.exit_code == 2
    assert "HEAD has no jobs.yaml: name a commit that has one" in told.output
    assert "fatal" not in told.output


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
        Repository(tmp_path).commit("before")
    monkeypatch.chdir(tmp_path)

    broken = CliRunner().invoke(main, ["compat", f"--against={against}"])

    assert broken.exit_code == 2, broken.output
    assert "error: " in broken.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "jobs.yaml"]

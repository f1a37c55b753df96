"""Whose warnings an `allow` silences, and when it is said to be of no use."""

import re
from pathlib import Path

import pytest

from generator.pipeline import examine

BASE = Path(__file__).parent / "rules"


def rules_of(folder: Path, text: str) -> list[str]:
    """Return the rules that a manifest breaks, in its order."""
    path = folder / "jobs.yaml"
    path.write_text(text, "utf-8")
    return [finding.rule for finding in examine(path).findings]


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")


def test_the_manifests_own_list_covers_what_is_about_no_job(tmp_path: Path) -> None:
    """A sum over all jobs is allowed at the top, and not beside a job."""
    text = (BASE / "account-concurrency" / "bad.yaml").read_text("utf-8")
    allow = "allow: [{rule: account-concurrency, reason: The limit will be raised.}]\n"

    assert rules_of(tmp_path, text) == ["account-concurrency"] * 2
    assert rules_of(tmp_path, text.replace("jobs:\n", f"{allow}jobs:\n")) == []
    assert rules_of(tmp_path, f"{text}    {allow}") == [
        *["account-concurrency"] * 2,
        "allow-unused",
    ]


def test_a_jobs_list_covers_that_job_alone(tmp_path: Path) -> None:
    """Another job with the same warning still has it."""
    text = (BASE / "rate-starts-at-once" / "bad.yaml").read_text("utf-8")
    head, _, job = text.partition("jobs:\n")
    allow = "    allow: [{rule: rate-starts-at-once, reason: Harmless at any hour.}]\n"
    other = job.replace("send-receipt", "make-report")

    assert rules_of(tmp_path, f"{head}jobs:\n{job}{allow}{other}") == ["rate-starts-at-once"]


def test_the_manifests_list_covers_no_job(tmp_path: Path) -> None:
    """A warning about a job is not silenced for all jobs at once."""
    text = (BASE / "rate-starts-at-once" / "bad.yaml").read_text("utf-8")
    allow = "allow: [{rule: rate-starts-at-once, reason: Harmless at any hour.}]\n"

    found = rules_of(tmp_path, text.replace("jobs:\n", f"{allow}jobs:\n"))

    assert sorted(found) == ["allow-unused", "rate-starts-at-once"]


def test_what_could_not_be_judged_is_not_called_unused(tmp_path: Path) -> None:
    """While a manifest has errors, nobody knows which warnings it would have."""
    text = (BASE / "allow-unused" / "bad.yaml").read_text("utf-8")

    assert rules_of(tmp_path, text) == ["allow-unused"]
    assert rules_of(tmp_path, f"{text}    timeout: 20m\n") == ["timeout-range"]


def test_the_first_line_leads_editors_to_the_schema() -> None:
    """The modeline names the schema that is generated, where an editor looks for it."""
    root = BASE.parents[2]
    first = (root / "jobs.yaml").read_text("utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="

    assert first.startswith(prefix)
    assert (root / first.removeprefix(prefix)).is_file()


def test_a_rule_of_the_gate_is_allowed_elsewhere(tmp_path: Path) -> None:
    """Who writes it beside the job is told where it goes."""
    text = (BASE / "allow-unknown" / "bad.yaml").read_text("utf-8")
    (rule,) = re.findall(r"rule: ([a-z-]+)", text)
    path = tmp_path / "jobs.yaml"
    path.write_text(text.replace(rule, "payload-property-dropped"), "utf-8")

    (hint,) = [f.hint for f in examine(path).findings if f.rule == "allow-unknown"]

    assert "`allowed_changes`" in hint

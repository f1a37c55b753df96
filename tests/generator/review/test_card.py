"""What the card of a pull request says, and what it leaves out."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.review.card import MARK
from tests.generator import manifests
from tests.repo.tracked import ROOT

RUN = {
    "name": "nightly",
    "cron": "30 4 * * ? *",
    "timezone": "Europe/Berlin",
    "payload": {"order_id": "x"},
}
SENDS = "sqs:SendMessage on shop-<env>-a-job, and delays for it"


Jobs = dict[str, object]


def review(folder: Path, old: Jobs, new: Jobs, **settings: object) -> Result:
    """Compare two sets of jobs."""
    before = folder / "old.yaml"
    before.write_text(manifests.manifest(old), encoding="utf-8")
    manifests.write(folder, manifests.manifest(new, **settings))
    return CliRunner().invoke(main, ["review", "--root", str(folder), "--against", str(before)])


def section(card: str, title: str) -> list[str]:
    """Return the rows of a section's table without its head; none where there is no section."""
    _, found, rest = card.partition(f"### {title}\n")
    lines = rest.partition("\n### ")[0].splitlines() if found else []
    return [line for line in lines if line.startswith("|")][2:]


def test_no_change_says_so_and_shows_what_it_costs(tmp_path: Path) -> None:
    """A card that says nothing is short."""
    jobs: dict[str, object] = {"send-receipt": manifests.job()}
    done = review(tmp_path, jobs, jobs)

    assert done.exit_code == 0
    assert done.output.startswith(f"{MARK}\n## What this does to the jobs\n")
    assert "no job changes." in done.output
    assert "Every message in flight stays readable" in done.output
    for title in ("Values that change", "Resources", "Rights of workers", "Alarms"):
        assert f"### {title}" not in done.output
    assert section(done.output, "Costs") == [
        "| dev | 1.96 | 1.96 | 1.96 | 0.00 |  |",
        "| prod | 1.96 | 1.96 | 1.96 | 0.00 |  |",
    ]


def test_what_changes_is_shown_with_both_values_and_where(tmp_path: Path) -> None:
    """One row for all environments in which it is the same."""
    new = manifests.job(timeout="45s", environments={"prod": {"concurrency": 20}})
    card = review(tmp_path, {"a-job": manifests.job()}, {"a-job": new}).output

    assert "changed `a-job`." in card
    assert section(card, "Values that change") == [
        "| `a-job` | dev, prod | timeout | `30s` | `45s` |",
        "| `a-job` | dev, prod | visibility\\_timeout | `3m` | `270s` |",
        "| `a-job` | prod | concurrency | `5` | `20` |",
    ]
    assert any("dead-letters" in row for row in section(card, "How long until on-call hears"))


def test_what_is_gained_and_lost_is_named(tmp_path: Path) -> None:
    """Resources, rights and alarms; a secret that another job has is no new one."""
    grant = [{"actions": ["s3:PutObject"], "resources": ["arn:aws:s3:::x-{environment}-y/*"]}]
    old: dict[str, object] = {
        "a-job": manifests.job(secrets=["crm-token"], permissions=grant),
        "b-job": manifests.job(),
    }
    new: dict[str, object] = {
        "a-job": manifests.job(secrets=["crm-token"], alarms={"level": "quiet"}),
        "b-job": manifests.job(
            secrets=["crm-token"],
            enqueues=["a-job"],
            schedule=[RUN],
        ),
    }
    card = review(tmp_path, old, new).output

    assert section(card, "Resources") == [
        "| gained | `role shop-<env>-b-job-schedule` | dev, prod |",
        "| gained | `schedule b-job-nightly` | dev, prod |",
    ]
    assert section(card, "Rights of workers") == [
        "| **lost** | `shop-<env>-a-job: s3:PutObject on arn:aws:s3:::x-<env>-y/*` | dev, prod |",
        "| gained | `shop-<env>-b-job: secretsmanager:GetSecretValue on crm-token` | dev, prod |",
        f"| gained | `shop-<env>-b-job: {SENDS}` | dev, prod |",
    ]
    lost = [row for row in section(card, "Alarms") if row.startswith("| **lost**")]
    assert "| **lost** | `shop-<env>-a-job-growing` | dev, prod |" in lost
    assert "| gained | `shop-<env>-b-job-missed.nightly` | dev, prod |" in section(card, "Alarms")


def test_a_refused_change_is_refused_here_too(tmp_path: Path) -> None:
    """With the gate's words, and the order of deployment."""
    payload = {**manifests.PAYLOAD, "required": ["order_id", "more"]}
    payload["properties"] = {**payload["properties"], "more": {"type": "string"}}
    done = review(tmp_path, {"a-job": manifests.job()}, {"a-job": manifests.job(payload=payload)})

    assert done.exit_code == 1
    assert section(done.output, "Messages in flight")[0].startswith("| **refused** | `a-job` |")
    assert "Do not deploy:\n\n- a-job: the new worker cannot read what waits" in done.output


def test_a_removed_job_and_a_new_one_are_told(tmp_path: Path) -> None:
    """All they held and cost goes and comes with them."""
    card = review(tmp_path, {"a-job": manifests.job()}, {"b-job": manifests.job()}).output

    assert "added `b-job`; removed `a-job`." in card
    rows = section(card, "Resources")
    assert "| **lost** | `queue shop-<env>-a-job-dlq` | dev, prod |" in rows
    assert "| gained | `queue shop-<env>-b-job-dlq` | dev, prod |" in rows
    assert "| a-job in prod | 1.36 |  | 0.00 | 0.00 |" in card


@pytest.mark.parametrize("state", ["active", "draining", "gone"])
def test_a_renamed_job_is_compared_with_what_it_was(state: str, tmp_path: Path) -> None:
    """No number of a job is new or lost by its name alone, and its messages are paid for once."""
    expected = {"messages": 100_000}
    old: Jobs = {"a-job": manifests.job(expected=expected), "c-job": manifests.job()}
    formers = [{"name": "a-job", "state": state}]
    same = manifests.job(expected=expected, renamed_from=formers)
    faster = manifests.job(expected=expected, renamed_from=formers, memory_size=512)

    card = review(tmp_path, old, {"b-job": same, "c-job": manifests.job()}).output
    assert "Against `" in card
    assert ": renamed `a-job` to `b-job`." in card
    moved = f"| `b-job` | dev, prod | renamed\\_from | - | `a-job ({state})` |"
    assert section(card, "Values that change") == [moved]
    (before, after) = _usd(card, "dev")
    empty_queue = 0 if state == "gone" else 1.36
    assert after - before == pytest.approx(empty_queue, abs=0.01)
    costs = [row for row in section(card, "Costs") if row.startswith("| b-job in")]
    assert costs == []

    card = review(tmp_path, old, {"b-job": faster, "c-job": manifests.job()}).output
    assert ": changed `b-job`; renamed `a-job` to `b-job`." in card
    rows = section(card, "Values that change")
    assert "| `b-job` | dev, prod | memory\\_size | `256` | `512` |" in rows
    assert "removed" not in card


def _usd(card: str, environment: str) -> tuple[float, float]:
    """Return what an environment costs before and after, as the card says."""
    (row,) = [each for each in section(card, "Costs") if each.startswith(f"| {environment} |")]
    before, after = (float(cell.replace(",", "")) for cell in row.split("|")[2:4])
    return before, after


def test_more_than_the_budget_is_refused(tmp_path: Path) -> None:
    """As any other mistake of the manifest, at its line, and the card says by how much."""
    old: dict[str, object] = {"a-job": manifests.job()}
    new: dict[str, object] = {"a-job": manifests.job(expected={"messages": 10_000_000})}

    within = review(tmp_path, old, new, budget={"prod": 5_000})
    assert (within.exit_code, "over by" in within.stdout) == (0, False)
    done = review(tmp_path, old, new, budget={"prod": 100})
    assert done.exit_code == 2
    assert "error[budget-exceeded]: `prod` costs" in done.stderr
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("| prod |")]
    cells = [cell.strip(" *").replace(",", "") for cell in row.split("|")]
    budget, _, over = cells[6].partition(" over by ")
    assert float(budget) == 100
    assert float(over) == pytest.approx(float(cells[3]) - 100)


@pytest.mark.parametrize("against", ["HEAD", "nowhere", ""])
def test_it_compares_with_a_commit(against: str) -> None:
    """Our own manifest against what was committed; what is no commit is told in a line."""
    done = CliRunner().invoke(main, ["review", "--root", str(ROOT), "--against", against])

    assert (done.exit_code == 2) == (against != "HEAD")
    assert ("Against `HEAD`" in done.output) == (against == "HEAD")
    assert "Traceback" not in done.output


def test_it_needs_no_network_and_no_credentials() -> None:
    """Neither boto3 nor a socket is loaded."""
    code = (
        "import sys; from click.testing import CliRunner; from generator.cli import main\n"
        "done = CliRunner().invoke(main, ['review', '--against', 'HEAD'])\n"
        "assert done.exit_code == 0, done.output\n"
        "print(sorted({'boto3', 'botocore', 'hcl2'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"

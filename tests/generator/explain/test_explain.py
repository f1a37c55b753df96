"""The verb as a person uses it: its text, its origins, its exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.pipeline import examine

ROOT = Path(__file__).parents[3]
MANIFEST = ROOT / "jobs.yaml"
TODAY = "1795435200"
JOBS = [job.name for job in examine(MANIFEST).manifest.jobs]  # type: ignore[union-attr] # it is right


def explain(*arguments: str) -> tuple[int, str]:
    """Return exit status and output of the verb on our own manifest."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": TODAY})
    result = runner.invoke(main, ["explain", *arguments, "--root", str(ROOT)])
    return result.exit_code, result.output


@pytest.mark.parametrize("job", JOBS)
def test_every_origin_is_the_line_that_says_it(job: str) -> None:
    """A value that is written somewhere names the line on which its key stands."""
    lines = MANIFEST.read_text("utf-8").splitlines()

    status, output = explain(job, "--format", "json")

    assert status == 0
    written = 0
    for explanation in json.loads(output):
        for name, value in explanation["values"].items():
            place, _, rest = value["origin"].partition(" (")
            if rest:
                written += 1
                line = lines[int(place.rpartition(":")[2]) - 1]
                key = name.rpartition(".")[2]
                assert f"{key}: " in line, (name, line)
    assert written >= len(json.loads(output))


def test_what_an_environment_overrides_names_the_environment() -> None:
    """The strongest word is shown with whose it is; what is built in or derived says so."""
    values = {}
    for environment in ("dev", "prod", "local"):
        _, output = explain("lead-enrichment", "--env", environment, "--format", "json")
        values[environment] = json.loads(output)[0]["values"]

    assert values["prod"]["concurrency"]["value"] == "20"
    assert values["prod"]["concurrency"]["origin"].endswith("(the job, for prod)")
    assert values["dev"]["concurrency"]["origin"].endswith("(the job)")
    assert values["local"]["backoff.cap"]["origin"].endswith("(defaults, for local)")
    assert values["dev"]["backoff.cap"]["origin"] == "built in"
    assert values["dev"]["visibility_timeout"] == {
        "value": "3m",
        "origin": "derived: 6 x timeout + batch_window",
    }


def test_a_floor_is_named_where_it_holds(tmp_path: Path) -> None:
    """A visibility timeout that the defaults lift says so."""
    text = MANIFEST.read_text("utf-8").replace("timeout: 30s", "timeout: 5s")
    (tmp_path / "jobs.yaml").write_text(text, "utf-8")

    result = CliRunner().invoke(
        main, ["explain", "lead-enrichment", "--env", "dev", "--root", str(tmp_path)]
    )

    assert "(defaults), a floor above 6 x timeout + batch_window" in result.output


def test_environments_that_agree_are_explained_once() -> None:
    """What differs nowhere is not said four times."""
    _, output = explain("lead-enrichment")

    assert [line for line in output.splitlines() if line.startswith("lead-enrichment")] == [
        "lead-enrichment in local",
        "lead-enrichment in dev",
        "lead-enrichment in staging",
        "lead-enrichment in prod",
    ]


def test_the_text_shows_timeline_and_fires() -> None:
    """Attempts, the dead-letter queue, what expires and the next fires stand in the text."""
    status, output = explain("sitemap-regeneration", "--env", "prod")

    assert status == 0
    for part in (
        "  5        4s        22m 30s        2h",
        "after 7h 30m at worst",
        "message expires      after 4d",
        "record lapses        after 18d",
        "Schedule nightly: cron(30 4 * * ? *) in Europe/Berlin",
        "  Tue 2026-11-24 04:30 CET",
        "  Sat 2026-11-28 04:30 CET",
    ):
        assert part in output, part


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("lead-enrichmnt",), "did you mean `lead-enrichment`?"),
        (("lead-enrichment", "--env", "prd"), "did you mean `prod`?"),
        (("zzz",), "known are `lead-enrichment`"),
    ],
)
def test_an_unknown_name_is_refused_with_the_near_one(
    arguments: tuple[str, ...], message: str
) -> None:
    """A misspelt job or environment exits 2 and says what there is."""
    status, output = explain(*arguments)

    assert status == 2
    assert message in output


def test_a_broken_manifest_is_not_explained(tmp_path: Path) -> None:
    """Findings come first; nothing is explained of a manifest that has errors."""
    (tmp_path / "jobs.yaml").write_text("version: 2\n", "utf-8")

    result = CliRunner().invoke(main, ["explain", "x", "--root", str(tmp_path)])

    assert result.exit_code == 2
    assert "error[wrong-value]" in result.output

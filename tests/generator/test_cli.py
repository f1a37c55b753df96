"""The verbs: what they print, and how they leave."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.generator import manifests

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one job."""
    manifests.write(tmp_path, manifests.manifest({"send-receipt": manifests.job()}))
    return tmp_path


def call(project: Path, verb: str, *options: str) -> Result:
    """Call a verb on a project."""
    return CliRunner().invoke(main, [verb, "--root", str(project), *options])


def test_generate_then_check_then_generate(project: Path) -> None:
    """The second run says that there is nothing to write."""
    first, check, second = (call(project, verb) for verb in ("generate", "check", "generate"))

    assert (first.exit_code, check.exit_code, second.exit_code) == (0, 0, 0)
    assert "created  envs/dev/jobs.gen.tf" in first.output
    assert second.output == "Nothing to write: every generated file is up to date.\n"


def test_check_lists_each_verdict_with_its_remedy(project: Path) -> None:
    """Missing, edited and foreign files are told apart."""
    call(project, "generate")
    (project / "envs/dev/jobs.gen.tf").unlink()
    document = project / "docs/api/jobs.md"
    document.write_text(f"{document.read_text(encoding='utf-8')}mine\n", encoding="utf-8")
    (project / "lambdas/generated/__init__.py").write_text("mine\n", encoding="utf-8")
    (project / "lambdas/generated/mine.py").write_text("mine\n", encoding="utf-8")
    done = call(project, "check")

    assert done.exit_code == 1
    assert done.output == (
        "missing: planned, but not there; `make generate` writes it\n"
        "  envs/dev/jobs.gen.tf\n"
        "\n"
        "hand-edited: changed by hand; say it in jobs.yaml; `make generate` overwrites the edit\n"
        "  docs/api/jobs.md\n"
        "\n"
        "unsigned: planned, and what is there carries no header; move it away if it is yours; "
        "`make generate` overwrites it\n"
        "  lambdas/generated/__init__.py\n"
        "\n"
        "foreign: not generated, in a place that is the generator's; move or delete it by hand\n"
        "  lambdas/generated/mine.py\n"
    )


@pytest.mark.parametrize("verb", ["validate", "generate", "check"])
def test_a_broken_manifest_leaves_with_two_and_writes_nothing(project: Path, verb: str) -> None:
    """All verbs refuse alike."""
    manifests.write(project, manifests.manifest({"a": manifests.job(timeout=5)}))
    done = call(project, verb)

    assert done.exit_code == 2
    assert "error[duration]" in done.stderr
    assert [path.name for path in project.iterdir()] == ["jobs.yaml"]


@pytest.mark.parametrize("verb", ["validate", "generate", "check"])
def test_findings_as_json(project: Path, verb: str) -> None:
    """Tools get every part of a finding."""
    manifests.write(project, manifests.manifest({"a": manifests.job(timeout=5)}))
    (finding,) = json.loads(call(project, verb, "--format", "json").stdout)

    assert finding["rule"] == "duration"
    assert finding["severity"] == "error"
    assert finding["line"] > 1


def test_findings_for_github(project: Path) -> None:
    """A workflow command for each, with what it needs escaped."""
    manifests.write(project, manifests.manifest({"a": manifests.job(timeout="5%")}))
    line = call(project, "validate", "--format", "github").stdout

    assert line.startswith("::error file=")
    assert 'title=duration::`timeout` is not a duration: "5%25"' in line


def test_drift_for_tools(project: Path) -> None:
    """Drift is findings too."""
    rules = {f["rule"] for f in json.loads(call(project, "check", "--format", "json").stdout)}

    assert rules == {"drift-missing"}


def test_generate_for_tools(project: Path) -> None:
    """What was done comes as data."""
    done = json.loads(call(project, "generate", "--format", "json").stdout)

    assert "envs/dev/jobs.gen.tf" in done["created"]
    assert done["deleted"] == []


def test_what_cannot_be_written_is_said_without_a_traceback(project: Path) -> None:
    """A directory in a file's place, which is named as people know it."""
    (project / "envs/dev/jobs.gen.tf").mkdir(parents=True)
    done = call(project, "generate")

    assert done.exit_code == 2
    assert (
        done.stderr == f"error: cannot write {project / 'envs/dev/jobs.gen.tf'}: is a directory\n"
    )


def test_generate_says_that_it_kept_a_foreign_file(project: Path) -> None:
    """It leaves with one until a person has looked."""
    (project / "lambdas/generated").mkdir(parents=True)
    (project / "lambdas/generated/mine.py").write_text("mine\n", encoding="utf-8")
    done = call(project, "generate")

    assert done.exit_code == 1
    assert "kept     lambdas/generated/mine.py" in done.output


def test_a_missing_manifest_is_a_finding(tmp_path: Path) -> None:
    """No traceback, and the name that was asked for."""
    done = call(tmp_path, "validate")

    assert done.exit_code == 2
    assert "cannot read the manifest" in done.stderr


def test_help_loads_no_pydantic() -> None:
    """The way to a verb's help stays short."""
    code = (
        "import sys\nfrom generator.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print({'pydantic', 'jinja2', 'yaml'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.endswith("set()\n")
    assert "validate" in done.stdout


def test_the_projects_own_files_are_up_to_date() -> None:
    """What is committed is what jobs.yaml says."""
    done = CliRunner().invoke(main, ["check", "--root", str(ROOT)])

    assert done.exit_code == 0, done.output

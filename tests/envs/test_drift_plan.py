"""Plans of a real Terraform as differences, and what becomes of a plan that there is not."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from envs.cli.main import main
from envs.deploy.terraform import Terraform
from envs.drift.difference import Cause
from envs.drift.plan import differences
from tests.generator import manifests
from tests.repo.tracked import ROOT

ROOT_TF = """
module "send_receipt" {
  source = "./job"
  delay  = var.delay
}

module "other_job" {
  source = "./job"
  delay  = 1
}

variable "delay" { type = number }

output "delay" { value = var.delay }
"""

JOB_TF = """
variable "delay" { type = number }

resource "terraform_data" "queue" {
  input = { delay = var.delay }
}

resource "terraform_data" "secret" {
  input = sensitive("value ${var.delay}")
}

resource "terraform_data" "made" {
  count = var.delay > 5 ? 1 : 0
}
"""


@pytest.mark.terraform
def test_a_real_plan_is_told_by_job_with_both_values(tmp_path: Path) -> None:
    """What changed, of which job, from what to what; a value that is secret is not shown."""
    (tmp_path / "job").mkdir()
    (tmp_path / "main.tf").write_text(ROOT_TF, encoding="utf-8")
    (tmp_path / "job" / "main.tf").write_text(JOB_TF, encoding="utf-8")
    before, after = (Terraform(tmp_path, variables={"delay": value}) for value in ("1", "9"))
    before.run("init", "-backend=false")
    before.apply()
    kept = tmp_path / "kept.tfplan"
    jobs = {"send_receipt": "send-receipt", "other_job": "other-job"}

    assert not before.plan(kept)
    assert list(differences(before.show(kept), jobs)) == []

    assert after.plan(kept)
    found = list(differences(after.show(kept), jobs))
    assert {d.job for d in found if d.place.startswith("module.")} == {"send-receipt"}
    follows = {d.attribute for d in found if d.cause is Cause.FOLLOWS}
    assert follows == {"output"}
    assert {d.cause for d in found if d.attribute not in follows} == {Cause.PENDING}
    told = {(d.place, d.attribute): (d.found, d.expected) for d in found}
    queue = "module.send_receipt.terraform_data.queue"
    assert told[queue, "input"] == ('{"delay": 1}', '{"delay": 9}')
    assert told["module.send_receipt.terraform_data.secret", "input"] == ("(sensitive)",) * 2
    assert told["module.send_receipt.terraform_data.made[0]", ""] == ("not there", "there")
    assert told["output.delay", ""] == ("1", "9")
    assert "value 9" not in json.dumps([str(d) for d in found])


def call(*arguments: str) -> Result:
    """Call a verb."""
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("verb", ["drift", "live"])
@pytest.mark.parametrize("form", ["text", "json", "github", "markdown"])
def test_where_nobody_can_look_there_is_no_verdict(tmp_path: Path, verb: str, form: str) -> None:
    """No account, no emulator, no such environment: 2, and never 0."""
    manifests.write(
        tmp_path,
        manifests.manifest({"a-job": manifests.job()}, environments=["local", "dev"]),
    )
    (tmp_path / "envs/dev").mkdir(parents=True)
    (tmp_path / "envs/dev/terraform.tfvars").write_text('account_id = ""\n', encoding="utf-8")
    for environment in ("local", "dev", "nowhere"):
        done = call(verb, "--env", environment, "--format", form, "--root", str(tmp_path))
        assert done.exit_code == 2, (environment, done.output, done.exception)
        assert done.stdout == ""
        assert done.stderr.startswith("error")


def test_a_broken_manifest_is_no_verdict_either(tmp_path: Path) -> None:
    """What nobody understands cannot be compared."""
    manifests.write(tmp_path, "version: 2\n")
    for verb in ("drift", "live"):
        assert call(verb, "--env", "dev", "--root", str(tmp_path)).exit_code == 2


def test_our_own_environments_have_no_list_of_what_is_borne() -> None:
    """An entry would need a reason, an owner and an end; today nothing is borne."""
    assert list(ROOT.glob("envs/*/drift.yaml")) == []

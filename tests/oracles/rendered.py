"""The resources of an environment as Terraform would apply them, offline and with full names.

`terraform test` applies a copy of the root against a provider that answers from `modules/mocks`.
What only AWS knows, such as a queue's ARN, is given to it from the names, so that policies and
references read as they would on AWS.
"""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hcl2

from envs.deploy.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
ACCOUNT, REGION = "123456789012", "eu-west-1"
_NOT_MADE = shutil.ignore_patterns(".terraform*")
_NOT_COPIED = shutil.ignore_patterns(".terraform*", "backend.tf", "outputs.tf")

_HASH = base64.b64encode(bytes(32)).decode()

_OUTPUTS = """
output "producer" {
  value = module.platform.producer
}
"""


@dataclass(frozen=True)
class Resource:
    """One resource as it would be applied.

    Attributes:
        address: Its address.
        type: Its type.
        values: Its attributes.
    """

    address: str
    type: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Rendered:
    """Everything of one environment.

    Attributes:
        resources: Its resources, in Terraform's order.
        producer: The policy that producers get.
        jobs: Names of the jobs by their modules' labels.
    """

    resources: tuple[Resource, ...]
    producer: str
    jobs: Mapping[str, str]

    def of_type(self, kind: str) -> tuple[Resource, ...]:
        """Return the resources of one type."""
        return tuple(resource for resource in self.resources if resource.type == kind)

    def workers(self) -> dict[str, dict[str, Any]]:
        """Return the policy of each job's worker, by job."""
        policies = {found.address: found.values for found in self.of_type("aws_iam_role_policy")}
        return {
            name: json.loads(
                policies[f"module.{label}.module.worker.aws_iam_role_policy.this"]["policy"]
            )
            for label, name in self.jobs.items()
        }


def render(directory: Path, environment: str) -> Rendered:
    """Return what applying a root of the repository would make.

    Args:
        directory: Where to work; empty.
        environment: Name of the root.

    Raises:
        TerraformError: The root cannot be applied.
    """
    root = directory / "envs" / environment
    modules = shutil.ignore_patterns(".terraform*")
    shutil.copytree(REPOSITORY / "modules", directory / "modules", ignore=modules)
    shutil.copytree(REPOSITORY / "envs" / environment, root, ignore=_NOT_COPIED)
    (root / "outputs.tf").write_text(_OUTPUTS, encoding="utf-8")
    main = (root / "main.tf").read_text(encoding="utf-8")
    # A test takes down what it made.
    (root / "main.tf").write_text(main.replace("prevent_destroy = true", ""), encoding="utf-8")
    (root / "tests").mkdir()
    jobs = jobs_of(root / "jobs.gen.tf")
    text = "\n".join(_test(f"clarivum-{environment}", jobs))
    (root / "tests" / "all.tftest.hcl").write_text(text, encoding="utf-8")
    terraform = Terraform(root)
    terraform.init(use_backend=False)
    state = _applied(terraform)
    names = {label: name for label, (name, _) in jobs.items()}
    return Rendered(_managed(state), state["outputs"]["producer"]["value"]["policy"], names)


def render_module(directory: Path, name: str, variables: Mapping[str, Any]) -> Rendered:
    """Return what one call of a module would make.

    Args:
        directory: Where to work; empty.
        name: The module.
        variables: Its inputs, as JSON has them.

    Raises:
        TerraformError: The call cannot be applied.
    """
    shutil.copytree(REPOSITORY / "modules", directory / "modules", ignore=_NOT_MADE)
    root = directory / "modules" / name
    shutil.rmtree(root / "tests")
    (root / "tests").mkdir()
    values = "\n".join(f"  {key} = {json.dumps(value)}" for key, value in variables.items())
    text = f'mock_provider "aws" {{\n  source = "../mocks"\n}}\nvariables {{\n{values}\n}}'
    (root / "tests" / "all.tftest.hcl").write_text(f'{text}\nrun "all" {{\n}}', encoding="utf-8")
    terraform = Terraform(root)
    terraform.init(use_backend=False)
    return Rendered(_managed(_applied(terraform)), "", {})


def _managed(state: Mapping[str, Any]) -> tuple[Resource, ...]:
    return tuple(
        Resource(found["address"], found["type"], found["values"])
        for found in _resources(state["root_module"])
        if found["mode"] == "managed"
    )


def _applied(terraform: Terraform) -> dict[str, Any]:
    """Return the state that a verbose test prints.

    Raises:
        TerraformError: It failed; the output holds its diagnostics.
    """
    lines: list[str] = []
    try:
        loud = Terraform(terraform.root, on_line=lines.append)
        loud.run("test", "-json", "-verbose")
    except TerraformError as error:
        told = [line for line in lines if '"diagnostic"' in line]
        raise TerraformError(error.summary, "\n".join(told)) from error
    for line in lines:
        event = json.loads(line)
        if event["type"] == "test_state":
            state: dict[str, Any] = event["test_state"]
            return state
    message = "the test printed no state"
    raise TerraformError(message, "\n".join(line[:300] for line in lines))


def jobs_of(path: Path) -> dict[str, tuple[str, bool]]:
    """Return name, and whether there are schedules, of each job by its module's label."""
    blocks = hcl2.loads(path.read_text(encoding="utf-8"))["module"]
    return {
        label.strip('"'): (json.loads(body["name"]), "schedules" in body)
        for block in blocks
        for label, body in block.items()
    }


def _test(base: str, jobs: Mapping[str, tuple[str, bool]]) -> Iterator[str]:
    yield 'mock_provider "aws" {\n  source = "../../modules/mocks"\n}'
    yield f'variables {{\n  account_id = "{ACCOUNT}"\n  on_call_emails = ["on-call@a.example"]'
    yield f"  artifacts = {artifacts(jobs)}\n}}"
    yield 'run "everything" {'
    for target, values in _known(base, jobs):
        settings = ", ".join(f'{name} = "{value}"' for name, value in values.items())
        yield f"  override_resource {{\n    target = {target}\n    values = {{ {settings} }}\n  }}"
    yield "}"


def artifacts(jobs: Mapping[str, tuple[str, bool]]) -> str:
    """Return the keys of zips that nobody reads, as Terraform writes them."""
    functions = ", ".join(
        f'"{name}" = {{ key = "functions/{name}/0.zip", sha256 = "{_HASH}" }}'
        for name, _ in jobs.values()
    )
    return f'{{ layer = "layers/0.zip", functions = {{ {functions} }} }}'


def _known(
    base: str, jobs: Mapping[str, tuple[str, bool]]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield address and attributes of what only AWS would know."""
    for label, (name, scheduled) in jobs.items():
        own, job = f"{base}-{name}", f"module.{label}"
        for resource, queue in (("main", own), ("dead_letter", f"{own}-dlq")):
            url = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{queue}"
            yield f"{job}.module.queue.aws_sqs_queue.{resource}", _arn("sqs", queue, url=url)
        worker = f"{job}.module.worker"
        yield f"{worker}.aws_lambda_function.this", _arn("lambda", f"function:{own}")
        yield f"{worker}.aws_lambda_alias.live", _arn("lambda", f"function:{own}:live")
        log = _arn("logs", f"log-group:/aws/lambda/{own}")
        yield f"{worker}.aws_cloudwatch_log_group.this", log
        yield f"{worker}.aws_iam_role.this", _arn("iam", f"role/{own}-worker", id=f"{own}-worker")
        if scheduled:
            role = _arn("iam", f"role/{own}-schedule", id=f"{own}-schedule")
            yield f"{job}.module.schedule[0].aws_iam_role.this", role
    shared = "module.platform"
    yield f"{shared}.aws_dynamodb_table.jobs", _arn("dynamodb", f"table/{base}-jobs")
    yield f"{shared}.aws_sns_topic.on_call", _arn("sns", f"{base}-on-call")
    secret = _arn("secretsmanager", f"secret:{'/'.join(base.rsplit('-', 1))}/a-secret-AbCdEf")
    yield f"{shared}.aws_secretsmanager_secret.this", secret
    for resource, group in (("jobs", base), ("delayed", f"{base}-delayed")):
        arn = _arn("scheduler", f"schedule-group/{group}")
        yield f"{shared}.aws_scheduler_schedule_group.{resource}", arn
    yield f"{shared}.aws_iam_role.delayed", _arn("iam", f"role/{base}-delayed")


def _arn(service: str, rest: str, **more: str) -> dict[str, str]:
    region = "" if service == "iam" else REGION
    return {"arn": f"arn:aws:{service}:{region}:{ACCOUNT}:{rest}", **more}


def _resources(module: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _resources(child)

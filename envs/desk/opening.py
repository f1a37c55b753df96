"""Finding an environment: the emulator that runs for this tree, or one on AWS."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

from envs.desk.errors import DeskError
from envs.desk.place import Job, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clarivum_jobs import Payload
    from clarivum_jobs.contract.upcasting import Upcaster
    from generator.manifest.resolved import Manifest, Worker

LOCAL = "local"
"""The environment on this machine."""


def open_place(root: Path, environment: str) -> Place:
    """Return an environment; AWS is not asked yet.

    Raises:
        DeskError: There is no such environment, it does not run, or the manifest is broken.
    """
    manifest = manifest_of(root)
    if environment not in manifest.workers:
        known = ", ".join(manifest.environments)
        message = f"jobs.yaml does not list the environment `{environment}`"
        raise DeskError(message, rule="unknown-environment", hint=f"there are: {known}")
    jobs = {worker.job.name: job_of(worker) for worker in manifest.workers[environment]}
    if environment == LOCAL:
        return _on_this_machine(root, manifest.project, jobs)
    return _on_aws(root, environment, jobs)


def job_of(worker: Worker) -> Job:
    """Return a job of the manifest."""
    return Job(
        name=worker.job.name,
        model=functools.partial(_model, worker.job.module, worker.job.class_name),
        upcasters=functools.partial(_upcasters, worker.job.module, worker.job.contract),
        concurrency=worker.concurrency,
        record_retention=worker.record_retention,
        dead_letter_retention=worker.dead_letter_retention,
        message_retention=worker.message_retention,
        schedules=worker.schedules,
        state=worker.state,
        record_name=worker.job.record_name,
        until=worker.until,
        why=worker.why,
        properties=_properties(worker.job.schema),
    )


def _properties(schema: Mapping[str, object]) -> Mapping[str, Any]:
    found = schema.get("properties", {})
    return found if isinstance(found, dict) else {}


def manifest_of(root: Path) -> Manifest:
    """Return what the manifest says, also where time alone has made it wrong.

    Raises:
        DeskError: It is broken.
    """
    from generator.pipeline import examine  # noqa: PLC0415 - not needed for --help
    from generator.rules.clock import LAPSES  # noqa: PLC0415 - likewise

    manifest = examine(root / "jobs.yaml", root).despite(LAPSES)
    if manifest is None:
        message = "jobs.yaml has errors"
        raise DeskError(message, rule="manifest", hint="`clarivum validate` names them")
    return manifest


def _model(module: str, name: str) -> type[Payload]:
    try:
        found = importlib.import_module(f"generated.payloads.{module}")
    except ModuleNotFoundError as error:
        message = f"the payload of {module} is not generated"
        raise DeskError(
            message, rule="not-generated", hint="`clarivum generate` writes it"
        ) from error
    model: type[Payload] = getattr(found, name)
    return model


def _upcasters(module: str, version: int) -> Mapping[int, Upcaster]:
    """Return the functions that a person wrote for older versions, by the version they take."""
    name = f"handlers.upcasters.{module}"
    if version == 1 or importlib.util.find_spec("handlers.upcasters") is None:
        return {}
    if importlib.util.find_spec(name) is None:
        return {}
    found = importlib.import_module(name)
    named = {number: getattr(found, f"from_{number}", None) for number in range(1, version)}
    return {number: function for number, function in named.items() if function is not None}


def _on_this_machine(root: Path, project: str, jobs: Mapping[str, Job]) -> Place:
    from envs.local.engine import emulator  # noqa: PLC0415 - not needed for --help
    from envs.local.engine.clients import ACCOUNT, credentials  # noqa: PLC0415 - likewise

    endpoint = emulator.endpoint(emulator.Places.of(root))
    if not endpoint:
        message = "the local AWS does not run"
        hint = "`make dev` starts it, `make demo KEEP=1` too; or name another: --env dev"
        raise DeskError(message, rule="not-running", hint=hint)
    keys = credentials(endpoint)
    return Place(
        root=root,
        project=project,
        environment=LOCAL,
        region=emulator.REGION,
        account_id=ACCOUNT,
        queue_base_url=f"{endpoint}/{ACCOUNT}/{project}-{LOCAL}-",
        jobs=jobs,
        client=_clients(
            emulator.REGION,
            aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
            endpoint_url=endpoint,
        ),
        operator=lambda: "local",
    )


def _on_aws(root: Path, environment: str, jobs: Mapping[str, Job]) -> Place:
    from envs.deploy.settings import SettingsError, read  # noqa: PLC0415 - not needed for --help

    try:
        settings = read(root, environment)
    except SettingsError as error:
        raise DeskError(str(error), rule="settings") from error
    client = _clients(settings.region)

    @functools.cache
    def operator() -> str:
        identity = client("sts").get_caller_identity()
        if identity["Account"] != settings.account_id:
            message = f"these are credentials of {identity['Account']}, not of {environment}"
            hint = f"{environment} lives in the account {settings.account_id}"
            raise DeskError(message, rule="wrong-account", hint=hint)
        return str(identity["Arn"])

    return Place(
        root=root,
        project=settings.project,
        environment=environment,
        region=settings.region,
        account_id=settings.account_id,
        queue_base_url=(
            f"https://sqs.{settings.region}.amazonaws.com/{settings.account_id}/{settings.base}-"
        ),
        jobs=jobs,
        client=client,
        operator=operator,
    )


def _clients(region: str, **options: str) -> Callable[[str], Any]:
    @functools.cache
    def client(service: str) -> Any:  # noqa: ANN401 - the client of any service
        import boto3  # noqa: PLC0415 - takes longer to load than everything else

        made: Any = boto3.client
        return made(service, region_name=region, **options)

    return client

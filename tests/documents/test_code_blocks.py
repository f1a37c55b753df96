"""Whatever the documents tell a reader to type or to write is right: tried by what will read it.

Verbs are tried whole elsewhere (`tests/e2e`, `tests/desk`, `tests/package`). Here each command line
of a document is read by its own parser, with its own options, and each block of code is run.
"""

from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import boto3
import click
import hcl2
import pytest
import yaml
from botocore import xform_name
from click.testing import CliRunner

from clarivum_jobs.contract.reading import read_strictly
from envs.cli.main import main
from generator.cli import main as generator
from generator.pipeline import examine
from tests.documents.blocks import DOCUMENTS, Block, blocks, of_file
from tests.repo.tracked import ROOT, tracked

if TYPE_CHECKING:
    from pathlib import Path

    from clarivum_jobs.contract.payload import Payload

CONSOLE = [(block.place, command) for block in blocks("console") for command in block.commands()]
_IMPORT = re.compile(r"^from (clarivum_jobs[\w.]*) import (.+)$", re.MULTILINE)
_PAYLOAD = re.compile(r"^from clarivum_jobs\.payloads\.(\w+) import (\w+)$", re.MULTILINE)
_IN_A_SENTENCE = re.compile(
    r"`(?:\.venv/bin/)?clarivum ([a-z][^`]*)`|`python -m generator ([^`]+)`"
)
LANGUAGES = {"console", "hcl", "json", "python", "sh", "yaml", ""}


def test_there_are_blocks_of_each_kind_and_no_others() -> None:
    """A block of a language that nobody tries would be a promise that nobody keeps."""
    assert {block.language for block in blocks()} <= LANGUAGES
    assert len(CONSOLE) > 60


@pytest.mark.parametrize(("place", "command"), CONSOLE, ids=lambda value: str(value)[:60])
def test_a_command_is_one_that_its_program_takes(place: str, command: str) -> None:
    """`make` with a target, `clarivum` with its options, `aws` with an operation of botocore's."""
    for part in _commands(command):
        program, *arguments = part
        known = {
            "make": _make,
            "git": _git,
            "clarivum": _clarivum,
            ".venv/bin/clarivum": _clarivum,
            "aws": _aws,
        }
        assert program in known or program == "export", f"{place}: nobody tries `{program}`"
        if program in known:
            known[program](arguments, place)


def test_a_verb_in_a_sentence_is_one_that_there_is() -> None:
    """With its options; what a sentence leaves out, such as a job's name, may be missing."""
    found = [
        (path, command)
        for path in tracked(*DOCUMENTS, "docs/adr/*.md")
        for command in _IN_A_SENTENCE.findall(path.read_text("utf-8"))
    ]
    assert len(found) > 10
    for path, (verb, of_generator) in found:
        words = re.sub(r"<[^>]+>", "X", verb or of_generator)
        _clarivum(shlex.split(words), str(path), whole=False)


def _commands(line: str) -> list[list[str]]:
    """Return the commands of a line, those in `$(...)` among them."""
    inner = re.fullmatch(r"[A-Z_]+=\$\((.*)\)", line)
    line = inner[1] if inner else line
    words = shlex.split(line)
    return [words] if words else []


def _make(arguments: list[str], place: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", *arguments],  # noqa: S607 - make is found on the PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{place}: {done.stderr}"


def _git(arguments: list[str], place: str) -> None:
    """Ask git for its verbs."""
    listing = ["git", "--list-cmds=main"]
    verbs = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split()
    assert arguments[0] in verbs, f"{place}: git has no verb {arguments[0]}"


def _clarivum(arguments: list[str], place: str, *, whole: bool = True) -> None:
    """Let click read the arguments of a verb, or of a verb in a group, and call nothing."""
    group: click.Group = main
    while True:
        name, *arguments = arguments
        command = group.get_command(click.Context(group), name)
        assert command is not None, f"{place}: there is no verb `{name}`"
        if (
            not isinstance(command, click.Group)
            or not arguments
            or (command.get_command(click.Context(command), arguments[0]) is None)
        ):
            break
        group = command
    try:
        command.make_context(name, list(arguments))
    except click.exceptions.Exit:
        pass
    except (
        click.MissingParameter,
        click.BadOptionUsage,
        click.exceptions.NoArgsIsHelpError,
    ) as error:
        if whole or isinstance(error, click.NoSuchOption):
            pytest.fail(f"{place}: {error.message}")
    except click.ClickException as error:
        # A file that a reader has is not here; everything else is the document's mistake.
        if "does not exist" not in error.message:
            pytest.fail(f"{place}: {error.message}")


def _aws(arguments: list[str], place: str) -> None:
    """Ask botocore's own model whether there is such an operation, with such parameters."""
    service, operation, *rest = arguments
    client: Any = boto3.client
    made = client(service, region_name="eu-west-1")
    names = {xform_name(name, "-"): name for name in made.meta.service_model.operation_names}
    assert operation in names, f"{place}: {service} has no operation {operation}"
    shape = made.meta.service_model.operation_model(names[operation]).input_shape
    members = {xform_name(name, "-") for name in shape.members}
    switches = {f"{sign}{name}" for name in members for sign in ("", "no-")}
    for word in rest:
        if word.startswith("--"):
            assert word[2:] in switches | {"query", "output"}, f"{place}: no option {word}"


def test_the_jobs_of_the_documents_can_be_written(tmp_path: Path) -> None:
    """Each block of YAML with jobs or settings is taken by the generator."""
    found = [block for block in blocks("yaml") if _is_manifest(block)]
    assert found
    for block in found:
        value = yaml.safe_load(block.text)
        text = block.text if "version" in value else _whole(value)
        (tmp_path / "jobs.yaml").write_text(text, encoding="utf-8")
        examined = examine(tmp_path / "jobs.yaml", tmp_path)
        assert examined.manifest is not None, (block.place, examined.findings)


def _is_manifest(block: Block) -> bool:
    value = yaml.safe_load(block.text)
    return isinstance(value, dict) and (
        "version" in value
        or any(isinstance(job, dict) and "payload" in job for job in value.values())
    )


def _whole(jobs: dict[str, Any]) -> str:
    whole = {"version": 1, "project": "shop", "environments": ["dev"], "jobs": jobs}
    return json.dumps(whole)


def test_the_handler_of_the_guide_handles_the_job_of_the_guide(tmp_path: Path) -> None:
    """Generated from the guide's own YAML, written as the guide has it, and called."""
    guide = ROOT / "docs/adding-a-job.md"
    (job,) = of_file(guide, "yaml")
    handler, producer = of_file(guide, "python")
    (tmp_path / "jobs.yaml").write_text(_whole(yaml.safe_load(job.text)), encoding="utf-8")
    made = CliRunner().invoke(generator, ["generate", "--root", str(tmp_path)])
    assert made.exit_code == 0, made.output
    (tmp_path / "lambdas/handlers/coupon_issuance.py").write_text(handler.text, encoding="utf-8")
    (tmp_path / "send.py").write_text(
        "import clarivum_jobs, uuid, types\n"
        "sent = []\n"
        "clarivum_jobs.enqueue = sent.append\n"
        "reward = types.SimpleNamespace(id=uuid.uuid4())\n"
        "customer = types.SimpleNamespace(id='c1')\n"
        f"{producer.text}"
        "import logging\n"
        "from handlers.coupon_issuance import handle\n"
        "context = types.SimpleNamespace(logger=logging.getLogger(), idempotency_key='k')\n"
        "print(handle(sent[0], context), sent[0].customer_id)\n",
        encoding="utf-8",
    )
    path = f"{tmp_path / 'lambdas'}:{ROOT / 'lambdas'}"
    done = subprocess.run(
        [sys.executable, "send.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("None c1\n", 0), done.stderr


def test_the_examples_of_every_job_fit_its_contract() -> None:
    """What the shell is given is read, and the message's data too; the wheel's test runs Python."""
    document = ROOT / "docs/api/jobs.md"
    models = [
        _model(found[1], found[2]) for found in _PAYLOAD.finditer(document.read_text("utf-8"))
    ]
    commands = [command for block in of_file(document, "console") for command in block.commands()]
    messages = [json.loads(block.text) for block in of_file(document, "json")]
    assert len(models) > 5
    for model, command, message in zip(models, commands, messages, strict=True):
        words = shlex.split(command)
        data = json.loads(words[words.index("--data") + 1])
        assert read_strictly(model, data) == read_strictly(model, message["data"])


def _model(module: str, name: str) -> type[Payload]:
    """Return a payload as it lies here: only in the wheel it is inside of the library."""
    found = importlib.import_module(f"generated.payloads.{module}")
    model: type[Payload] = getattr(found, name)
    return model


@pytest.mark.parametrize("block", blocks("json"), ids=lambda block: block.place)
def test_json_is_json(block: Block) -> None:
    """It can be copied."""
    assert json.loads(block.text)


@pytest.mark.parametrize("block", blocks("hcl"), ids=lambda block: block.place)
def test_hcl_is_hcl(block: Block) -> None:
    """Terraform's own syntax, read by a parser."""
    assert hcl2.loads(block.text)


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block.place)
def test_python_is_python(block: Block) -> None:
    """And what it imports of ours is there."""
    compile(block.text, block.place, "exec")
    for module, name in _PAYLOAD.findall(block.text):
        assert _model(module, name), block.place
    for module, names in _IMPORT.findall(_PAYLOAD.sub("", block.text)):
        found = __import__(module, fromlist=["*"])
        for name in names.strip("()").split(","):
            assert hasattr(found, name.strip()), (block.place, name)

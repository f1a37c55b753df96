"""The desk against what runs: every command that a document or a help shows, and the letters."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import time
import uuid
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from envs.cli.main import main
from envs.local.engine import emulator
from envs.local.engine.clients import ACCOUNT, Aws

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.conftest import World

JOB = "cache-warming"
_COMMAND = re.compile(r"^(?:\$ |      )(clarivum .*)$", re.MULTILINE)
_REHEARSAL = re.compile(r"\nRehearsal.*?```console.*?```", re.DOTALL)
_ENDLESS = ("--follow", "clarivum dev", "clarivum console")
# What works on the manifest alone, or asks an account on AWS, has tests of its own.
_ELSEWHERE = (
    *("validate", "generate", "check", "compat", "explain", "package", "review"),
    *("drift", "live"),
)


def clarivum(world: World, *arguments: str) -> tuple[int, str]:
    """Give a command in the copy; return exit status and output.

    In this process: a start of Python for each would take longer than all that they do.
    """
    with contextlib.chdir(world.root):
        result = CliRunner().invoke(main, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def told(world: World, *arguments: str) -> Any:  # noqa: ANN401 - any JSON
    """Return what a verb tells as JSON, whatever its status."""
    _, output = clarivum(world, *arguments, "--json")
    return json.loads(output)


def commands(text: str) -> Iterator[str]:
    """Yield each command that a document or a help shows; rehearsals are run by `rehearsals.py`."""
    text = _REHEARSAL.sub("\n", text)
    for found in _COMMAND.findall(text):
        line = found.partition("#")[0].strip()
        words = line.split()
        if words[1] not in _ELSEWHERE and not any(word in line for word in _ENDLESS):
            yield line


def letters_url(world: World) -> str:
    """Address of the dead-letter queue of the job that the examples name."""
    return f"{emulator.endpoint(world.places)}/{ACCOUNT}/clarivum-local-{JOB}-dlq"


def ready(world: World, line: str, job_id: str) -> list[str]:
    """Make true what an example takes for granted, and return its words."""
    for placeholder in ("6f0c1a52-...", "ID"):
        line = re.sub(rf"(?<![\w-]){re.escape(placeholder)}(?![\w-])", job_id, line)
    # The documents speak of production; what runs here is the environment that needs no name.
    words = shlex.split(line.replace("$JOB", JOB).replace(" --env prod", ""))[1:]
    if words[:2] == ["dlq", "plan"]:
        # A group's name is made of its reason; some letter there always is.
        words = [word for word in words if word not in {"--group", "a91f3c20"}]
        if "-o" in words:
            (world.root / words[words.index("-o") + 1]).unlink(missing_ok=True)
        aws = Aws(emulator.endpoint(world.places))
        aws.sqs.send_message(QueueUrl=letters_url(world), MessageBody=f"noise {uuid.uuid4()}")
    if "--wait" in words:
        words[words.index("--wait") + 1] = "1s"  # the letters of the other examples stay
    if words[0] == "pause":
        clarivum(world, "resume", words[1])
    if "@mail.json" in words:
        mail = {"email_id": str(uuid.uuid4()), "to": "a@b.example", "template": "receipt"}
        (world.root / "mail.json").write_text(json.dumps(mail))
    return words


def done(world: World, job_id: str) -> bool:
    """Whether an enqueue is on record as done."""
    status, output = clarivum(world, "show", job_id, "--json")
    return status == 0 and json.loads(output)["status"] == "done"


def until(true: Callable[[], bool], seconds: float = 300) -> bool:
    """Wait until something is true; tell whether it was within the time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True

"""The rehearsals of the runbook, chapter by chapter, as a person types them."""

from __future__ import annotations

import functools
import operator
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name

from envs.local.engine import emulator
from envs.local.engine.clients import credentials
from tests.documents.blocks import of_text
from tests.e2e.desk import JOB, clarivum, until
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.conftest import World

RUNBOOK = ROOT / "docs/runbook.md"
_SET = re.compile(r"([A-Z]+)=\$\((.*)\)")


@dataclass(frozen=True)
class Step:
    """One command of a rehearsal.

    Attributes:
        command: What is typed.
        shows: What its output has to hold in the end; empty if nothing.
    """

    command: str
    shows: str


def chapters() -> dict[str, str]:
    """Return the text of each chapter by its heading."""
    parts = re.split(r"^## (.+)$", RUNBOOK.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def steps(chapter: str) -> Iterator[Step]:
    """Yield the steps of a chapter's rehearsal; none if it has none."""
    _, found, rest = chapter.partition("\nRehearsal")
    if found:
        block = next(of_text(rest, "runbook", "console"))
        for line in block.text.splitlines():
            command, _, shows = line.removeprefix("$ ").partition("  # shows ")
            yield Step(command.strip(), shows.strip())


def every_rehearsal_shows_what_it_says(world: World) -> None:
    """Each chapter in turn, on what the chapter before left."""
    ran = 0
    for name, chapter in chapters().items():
        variables = {"JOB": JOB}
        for step in steps(chapter):
            shown = functools.partial(_shown, world, step, variables)
            assert until(shown), (name, step)
            ran += 1
    assert ran > 25


def _shown(world: World, step: Step, variables: dict[str, str]) -> bool:
    """Give a command once, and say whether it shows what it should."""
    assigned = _SET.fullmatch(step.command)
    text = assigned[2] if assigned else step.command
    for name, value in variables.items():
        text = text.replace(f"${name}", value)
    program, *words = shlex.split(text)
    if program == "clarivum":
        status, output = clarivum(world, *words)
        assert status in {0, 1}, (text, output)
    else:
        output = _aws(world, words)
    if assigned:
        variables[assigned[1]] = output
    return step.shows in output


def _aws(world: World, words: list[str]) -> str:
    """Do what the AWS CLI does with such words, through the model that it has, too."""
    service, operation, *rest = words
    options = dict(zip((word[2:] for word in rest[::2]), rest[1::2], strict=True))
    query, _ = options.pop("query", ""), options.pop("output", "")
    keys = credentials(emulator.endpoint(world.places))
    made: Any = boto3.client
    client = made(
        service,
        endpoint_url=emulator.endpoint(world.places),
        region_name=emulator.REGION,
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
    )
    model = client.meta.service_model
    named = {xform_name(name, "-"): name for name in model.operation_names}
    members = {
        xform_name(name, "-"): name
        for name in model.operation_model(named[operation]).input_shape.members
    }
    call = getattr(client, xform_name(named[operation]))
    answer: Any = call(**{members[name]: value for name, value in options.items()})
    # The runbook's queries are names of members, one inside of the other.
    return str(functools.reduce(operator.getitem, filter(None, query.split(".")), answer))

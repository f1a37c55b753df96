"""All checks of an environment, and what they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from envs.doctor import people, running, supplies
from envs.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from envs.doctor.subject import Subject

_SIGNS = {"fine": "ok   ", "wrong": "WRONG", "unknown": "?    "}


def examine(client: Callable[[str], Any], subject: Subject, build: Path) -> Iterator[Finding]:
    """Yield what each check finds; one that may not ask says so, and the others go on.

    Args:
        client: Makes the client of a service.
        subject: The environment.
        build: Directory of the zips that were built for AWS.
    """
    functions = client("lambda")
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("on-call", lambda: people.on_call(client("sns"), subject)),
        ("secrets", lambda: people.secrets(client("secretsmanager"), subject)),
        ("mail", lambda: people.mail(client("sesv2"), subject)),
        ("concurrency", lambda: running.concurrency(functions, subject)),
        ("functions", lambda: supplies.functions(functions, subject)),
        ("mappings", lambda: running.mappings(functions, subject)),
        ("schedules", lambda: running.schedules(client("scheduler"), subject)),
        ("artifacts", lambda: supplies.artifacts(client("s3"), subject, build)),
    )
    for what, check in checks:
        try:
            yield check()
        except ClientError as error:
            code = error.response["Error"]["Code"]
            remedy = "deploy first, or have it looked at by somebody who may"
            yield Finding(what, "unknown", f"{error.operation_name} answers {code}", remedy)
        except BotoCoreError as error:
            yield Finding(what, "unknown", str(error), "are there credentials and a network?")


def lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the report, line by line."""
    for finding in findings:
        yield f"{_SIGNS[finding.state]}  {finding.what:<11}  {finding.told}"
        if finding.state != "fine":
            yield f"{'':<20}-> {finding.remedy}"

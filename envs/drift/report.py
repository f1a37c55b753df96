"""Differences for people and tools: text, JSON, workflow commands, markdown."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from generator.diagnostics import Finding, Severity, as_github
from generator.render.markdown import code, table, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from envs.drift.difference import Difference

FORMS = ("text", "json", "github", "markdown")


def printed(found: Sequence[Difference], environment: str, form: str) -> str:
    """Return differences in one of the forms."""
    return _PRINTERS[form](found, environment)


def _text(found: Sequence[Difference], environment: str) -> str:
    if not found:
        return f"{environment} is what the manifest says.\n"
    lines = []
    for job, differences in _by_job(found).items():
        lines.append(f"{job or environment}:")
        for each in differences:
            name = f"{each.place} {each.attribute}".rstrip()
            lines.append(f"  {name}: {each.found}; should be: {each.expected} [{each.cause}]")
            if each.remedy:
                lines.append(f"    hint: {each.remedy}")
    counted = sum(each.counts for each in found)
    lines.append(f"{counted} to act on, {len(found) - counted} beside")
    return "\n".join(lines) + "\n"


def _json(found: Sequence[Difference], environment: str) -> str:
    entries = [{**asdict(each), "counts": each.counts} for each in found]
    return json.dumps({"environment": environment, "differences": entries}, indent=2) + "\n"


def _github(found: Sequence[Difference], environment: str) -> str:
    return as_github(
        Finding(
            "jobs.yaml",
            1,
            1,
            f"drift in {environment}",
            f"{each.job or environment}: {each.place} {each.attribute}".rstrip()
            + f" is: {each.found}; should be: {each.expected} ({each.cause})",
            Severity.ERROR if each.counts else Severity.WARNING,
            each.remedy,
        )
        for each in found
    )


def _markdown(found: Sequence[Difference], environment: str) -> str:
    if not found:
        return f"{text(environment)} is what the manifest says.\n"
    head = ("job", "what", "is", "should be", "cause", "what to do")
    rows = (
        (
            code(each.job) if each.job else "",
            code(f"{each.place} {each.attribute}".rstrip()),
            code(each.found),
            code(each.expected),
            each.cause,
            text(each.remedy),
        )
        for each in found
    )
    return f"{table(head, rows)}\n"


def _by_job(found: Sequence[Difference]) -> Mapping[str, list[Difference]]:
    grouped: dict[str, list[Difference]] = {}
    for each in found:
        grouped.setdefault(each.job, []).append(each)
    return grouped


_PRINTERS: Mapping[str, Callable[[Sequence[Difference], str], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "markdown": _markdown,
}

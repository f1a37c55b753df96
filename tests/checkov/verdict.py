"""What checkov's report means: what nobody has explained, and what is explained for nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def read(text: str) -> list[Any]:
    """Return the reports of a run: checkov writes one after the other, or a list of several.

    Raises:
        ValueError: It is no JSON.
    """
    decoder, reports = json.JSONDecoder(), list[Any]()
    text = text.strip()
    while text:
        report, end = decoder.raw_decode(text)
        reports += report if isinstance(report, list) else [report]
        text = text[end:].strip()
    return reports


def failures(reports: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield id and place of each check that failed.

    Raises:
        ValueError: The report is of no checks: something was not read.
    """
    for one in reports:
        summary = one.get("summary", one)
        if summary.get("parsing_errors") or not summary.get("passed"):
            message = f"checkov did not read all that it was given: {summary}"
            raise ValueError(message)
        for found in one["results"]["failed_checks"]:
            yield found["check_id"], f"{found['resource']} ({found['check_name']})"


def complaints(found: Iterable[tuple[str, str]], reasons: Mapping[str, str]) -> list[str]:
    """Return a line for each failure without a reason, and for each reason without a failure."""
    found = sorted(set(found))
    fired = {check for check, _ in found}
    lines = [f"{check}: {place}" for check, place in found if check not in reasons]
    return lines + [
        f"{check}: its reason is stale, it no longer fires"
        for check in reasons
        if check not in fired
    ]

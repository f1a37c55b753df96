"""Tests that need Terraform: skipped with the reason where it is missing, or failed on demand.

A test marked `terraform` or `e2e` runs only where the command is on the PATH and the AWS provider
can be had. `REQUIRE_TERRAFORM=1`, which CI sets, makes a failure of what would be a skip.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

import pytest

from envs.deploy.provider import Lookup, ProviderNotFoundError
from envs.deploy.terraform import TerraformError, require_terraform

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKERS = ("terraform", "e2e")


def missing(environ: Mapping[str, str], lookup: Lookup) -> str:
    """Return what keeps Terraform from running here; "" when nothing does."""
    try:
        require_terraform(environ, lookup)
    except (TerraformError, ProviderNotFoundError) as error:
        return str(error)
    return ""


@functools.cache
def missing_here() -> str:
    """Return what is missing on this machine, looked up once."""
    return missing(os.environ, Lookup())


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or fail a test that needs what is not here."""
    if not any(item.get_closest_marker(name) for name in MARKERS):
        return
    reason = missing_here()
    if reason and os.environ.get("REQUIRE_TERRAFORM") == "1":
        pytest.fail(f"REQUIRE_TERRAFORM=1, and {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    skipped = [
        report
        for report in terminalreporter.getreports("skipped")
        if any(name in report.keywords for name in MARKERS)
    ]
    reason = missing_here() if skipped else ""
    if reason:
        title = f"{len(skipped)} TESTS SKIPPED FOR WANT OF TERRAFORM"
        terminalreporter.section(title, sep="!", yellow=True, bold=True)
        terminalreporter.line(reason)

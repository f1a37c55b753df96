"""Counts that are part of a test's result, printed although the test passes."""

from collections.abc import Iterable

import pytest


def say(request: pytest.FixtureRequest, lines: Iterable[str]) -> None:
    """Print lines past pytest's capture."""
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    assert capture is not None
    with capture.global_and_fixture_disabled():
        print("", *lines, sep="\n")  # noqa: T201 - how much was compared is part of the result

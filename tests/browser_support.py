"""A headless Chromium for tests that look at pages: the machine's own, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str | None:
    """Return the Chromium on the PATH; None if there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start it for the tests of one file: while it runs, no other event loop can in this process.

    Skip where there is none, fail where REQUIRE_CHROMIUM asks for one.
    """
    found = program()
    if found is None:
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail(f"none of {', '.join(_NAMES)} is on the PATH")
        pytest.skip(f"NOT TESTED: none of {', '.join(_NAMES)} is on the PATH, no page was drawn")
    with sync_playwright() as playwright:
        # Sandboxing needs rights that a container does not give; pages are our own.
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()

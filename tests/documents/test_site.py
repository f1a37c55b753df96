"""The site of the documents: built by its own verb, followed link by link, looked at."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import threading
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from generator.pipeline import examine
from generator.site.pages import pages
from tests.documents.test_diagrams import SHOTS
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.long

LOOKED_AT = ("index.html", "api/lead-enrichment.html", "diagrams/index.html", "rules.html",
             "manifest.html", "runbook.html")  # fmt: skip


class Page(HTMLParser):
    """What a page links, and what of it can be linked."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, sources and ids."""
        for name, value in attrs:
            if name in ("href", "src") and value and tag != "base":
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.ids.add(value)


@pytest.fixture(scope="module")
def site() -> Path:
    """Build it as a person does; skip where its generator cannot be had, or fail on demand."""
    done = subprocess.run(
        ["make", "--no-print-directory", "docs"],  # noqa: S607 - make is found on the PATH
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and not (ROOT / ".venv-site/bin/mkdocs").exists():
        reason = f"the site's generator cannot be installed: {done.stderr[-300:]}"
        if os.environ.get("REQUIRE_EDITOR") == "1":
            pytest.fail(reason)
        pytest.skip(f"NOT TESTED: {reason}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
    return ROOT / "build" / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve it, as any server of files would."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(site))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_no_link_is_dead(site: Path) -> None:
    """Pages, anchors, scripts and pictures: everything of our own is there."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    read = {name: Page(path.read_text("utf-8")) for name, path in files.items()
            if name.endswith(".html") and name != "404.html"}  # fmt: skip
    dead = []
    for name, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(name), unquote(parts.path)))  # noqa: PTH118, PTH120 - of addresses
            target = name if not parts.path else target
            target = "index.html" if target == "." else target
            anchor = unquote(parts.fragment)
            if target not in files or (anchor and anchor not in read[target].ids):
                dead.append(f"{name}: {link}")

    assert len(read) > 30
    assert dead == []


def test_every_job_has_a_page_and_can_be_searched_for(site: Path) -> None:
    """With its chapters, and in the index of the search."""
    manifest = examine(ROOT / "jobs.yaml").manifest
    assert manifest is not None
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    found = {entry["location"] for entry in index["docs"]}
    for job in manifest.jobs:
        assert f"api/{job.name}.html" in found
        assert f"api/{job.name}.html#alarms-of-{job.name}" in found


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_on_a_phone_and_on_a_desk(
    chromium: Browser, address: str, width: int, scheme: str
) -> None:
    """Nothing reaches beyond the screen, diagrams are drawn, and nothing is fetched elsewhere."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:", "blob:"))
            else elsewhere.append(asked.url))  # fmt: skip
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name in LOOKED_AT:
        page.goto(f"{address}/{name}")
        if name.startswith("diagrams"):
            page.wait_for_function(
                "() => document.querySelectorAll('.drawn svg g.node, .drawn svg .classGroup')"
                ".length > 20 && document.querySelectorAll('.drawn svg').length === 4"
            )
        page.screenshot(path=SHOTS / f"{name.replace('/', '-')}-{width}-{scheme}.png")
        beyond = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        assert beyond <= 0, name
    context.close()

    assert elsewhere == []


def test_a_link_to_what_is_no_page_is_named_alone() -> None:
    """`modules/` is not of the site; a folder's own page is."""
    documents = {
        "a.md": "[m](../modules) [r](adr) [b](b.md#x) [w](https://w.example) [n](#n)\n"
        "```\n[kept](../modules)\n```\n",
        "b.md": "",
        "adr/README.md": "",
        "api/jobs.md": "# Jobs\n\n| [one](#one) |\n\n## one\n\n"
        "### Payload of one\n\n[two](#two)\n\n## two\n",
        "diagrams/README.md": "",
    }
    made = pages(documents, "[d](docs/b.md) [m](modules/x)\n", {"a-b.mmd": "flowchart\n"})

    assert made["a.md"] == (
        "m [r](adr/README.md) [b](b.md#x) [w](https://w.example) [n](#n)\n"
        "```\n[kept](../modules)\n```\n"
    )
    assert made["index.md"] == "[d](b.md) m\n"
    assert made["api/jobs.md"] == "# Jobs\n\n| [one](one.md) |\n\n"
    assert made["api/one.md"] == "# one\n\n\n## Payload of one\n\n[two](two.md)\n\n"
    assert "```mermaid\nflowchart\n```" in made["diagrams/README.md"]

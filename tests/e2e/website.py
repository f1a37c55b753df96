"""A website of Next.js, built for production, whose route handler enqueues in TypeScript."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.e2e import seventh
from tests.typescript.stage import ROOT, SOURCE, build, install, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SITE = ROOT / "build" / "next"
_QUIET = {"NEXT_TELEMETRY_DISABLED": "1"}


@dataclass(frozen=True)
class Website:
    """A site that runs.

    Attributes:
        address: Where it listens.
    """

    address: str

    def ask(self, method: str, path: str, body: object) -> tuple[int, Any]:
        """Send JSON to a path; return status and answer."""
        request = urllib.request.Request(  # noqa: S310 - our own
            f"{self.address}{path}",
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - our own
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")


def built(tree: Path) -> None:
    """Build the example with a tree's package, and one route more for its seventh job.

    What was built from the same sources before is used again.

    Raises:
        StageError: Node is missing, or something does not compile.
    """
    package = build(tree / "lambdas" / "typescript", ROOT / "build" / "typescript-e2e")
    install(SOURCE / "example", SITE)
    shutil.rmtree(SITE / "app", ignore_errors=True)
    shutil.copytree(SOURCE / "example" / "app", SITE / "app")
    shutil.copy(SOURCE / "example" / "tsconfig.json", SITE)
    route = (SITE / "app" / "api" / "leads" / "route.ts").read_text("utf-8")
    first, *others = seventh.NAME.split("-")
    job = first + "".join(word.capitalize() for word in others)
    coupons = SITE / "app" / "api" / "coupons"
    coupons.mkdir()
    text = route.replace("lead-enrichment", seventh.NAME).replace("leadEnrichment", job)
    (coupons / "route.ts").write_text(text, "utf-8")
    beside = SITE / "node_modules" / "@clarivum" / "jobs"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    shutil.copytree(package / "dist", beside / "dist")
    shutil.copy(package / "package.json", beside)
    inputs = (SITE / "app", beside, SITE / "package-lock.json")
    digest = _digest(*inputs)
    stamp = SITE / ".next" / "made-from"
    if not stamp.is_file() or stamp.read_text() != digest:
        run(SITE, "node", "node_modules/next/dist/bin/next", "build", more=_QUIET)
        stamp.write_text(digest)


@contextlib.contextmanager
def running(environment: Mapping[str, str]) -> Iterator[Website]:
    """Serve the built site with these variables, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["node", "node_modules/next/dist/bin/next", "start", "-p", str(port)]
    everything = {**os.environ, **_QUIET, **environment}
    with subprocess.Popen(
        [*command, "-H", "127.0.0.1"], cwd=SITE, env=everything, stdout=subprocess.DEVNULL
    ) as server:
        try:
            yield _ready(Website(f"http://127.0.0.1:{port}"), server)
        finally:
            server.terminate()


def _ready(site: Website, server: subprocess.Popen[bytes]) -> Website:
    deadline = time.monotonic() + 120
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(site.address, timeout=10).close()  # noqa: S310 - our own
            return site
        assert server.poll() is None, "the site ended by itself"
        assert time.monotonic() < deadline, "the site did not begin to listen"
        time.sleep(0.2)


def _digest(*paths: Path) -> str:
    """Return one digest of all files below some paths."""
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(str(file.relative_to(SITE)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()

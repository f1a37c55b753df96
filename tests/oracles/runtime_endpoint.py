"""The runtime API of Lambda, as far as one function needs it, and a function that is run by it.

Amazon's own client, awslambdaric, asks here for events and answers here, as it does on Lambda.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_API = "/2018-06-01/runtime"
_WITHIN = 300.0  # seconds until a function has answered, on a busy machine
_CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")


@dataclass(frozen=True)
class Answer:
    """What a function said of one event.

    Attributes:
        kind: `response`, `error`, or `init/error` where it could not be loaded.
        body: What it said.
    """

    kind: str
    body: Any


@dataclass
class Endpoint:
    """Hands out events one at a time, and takes what comes back."""

    address: str
    _events: queue.Queue[tuple[dict[str, Any], float]] = field(default_factory=queue.Queue)
    _answers: queue.Queue[Answer] = field(default_factory=queue.Queue)
    _asked: threading.Event = field(default_factory=threading.Event)

    def invoke(self, event: dict[str, Any], seconds: float) -> Answer:
        """Let the function work on an event, until a deadline in so many seconds."""
        self._events.put((event, seconds))
        return self._answers.get(timeout=_WITHIN)

    def loaded(self) -> Answer | None:
        """Return why the function cannot be loaded; None once it asks for work."""
        deadline = time.monotonic() + _WITHIN
        while time.monotonic() < deadline:
            if self._asked.is_set():
                return None
            try:
                return self._answers.get(timeout=0.05)
            except queue.Empty:
                continue
        message = "the function neither loads nor says why"
        raise TimeoutError(message)

    def next(self) -> tuple[dict[str, Any], float]:
        """Return the next event and its seconds; called by the client's request."""
        self._asked.set()
        return self._events.get()

    def take(self, kind: str, body: Any) -> None:  # noqa: ANN401 - JSON can be anything
        """Take what the client says."""
        self._answers.put(Answer(kind, body))


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """Open a runtime API on a free port."""

    class Handler(BaseHTTPRequestHandler):
        """One request of the client."""

        def do_GET(self) -> None:
            """Hand out the next event."""
            event, seconds = served.next()
            body = json.dumps(event).encode()
            self.send_response(200)
            for name, value in {
                "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
                "Lambda-Runtime-Deadline-Ms": str(round((time.time() + seconds) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:1:function:x",
                "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            """Take an answer."""
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kind = self.path.removeprefix(f"{_API}/")
            kind = kind if kind.startswith("init") else kind.rpartition("/")[2]
            served.take(kind, json.loads(body or b"null"))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Write nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        served = Endpoint(f"127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()


def client(directory: Path) -> Path:
    """Lay Amazon's client and what it needs into a directory of its own, and nothing else."""
    for name in _CLIENT:
        for file in distribution(name).files or ():
            if file.parts[0] != ".." and file.suffix != ".pyc":
                target = directory / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(Path(str(file.locate())).read_bytes())
    return directory


def unpacked(path: Path, directory: Path) -> Path:
    """Unpack a zip as Lambda does, and return where."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(directory)
    return directory


@contextmanager
def running(
    paths: tuple[Path, ...], handler: str, environment: Mapping[str, str], served: Endpoint
) -> Iterator[Path]:
    """Run a function with nothing but what stands in some directories.

    Args:
        paths: In Lambda's order: the function's code, its layer, Amazon's client.
        handler: As Terraform names it.
        environment: The function's variables.
        served: Where it asks for events.

    Yields:
        The file that its output goes to.
    """
    variables = {
        **environment,
        "PYTHONPATH": ":".join(map(str, paths)),
        "AWS_LAMBDA_RUNTIME_API": served.address,
        "AWS_LAMBDA_FUNCTION_NAME": environment["JOB_NAME"],
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_LOG_GROUP_NAME": "x",
        "AWS_LAMBDA_LOG_STREAM_NAME": "x",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "LAMBDA_TASK_ROOT": str(paths[0]),
        "_HANDLER": handler,
    }
    output = paths[0].with_name(f"{paths[0].name}.log")
    with output.open("wb") as stream:
        # Without `site` the interpreter's own packages are not there.
        process = subprocess.Popen(
            [sys.executable, "-S", "-m", "awslambdaric", handler],
            cwd=paths[0],
            env=variables,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            yield output
        finally:
            process.kill()
            process.wait()

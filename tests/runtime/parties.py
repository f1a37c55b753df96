"""Third parties on this machine: one small server that does what it should, or fails on command."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from envs.local.demo import parties

CUT = "cut"
"""As a failure: the connection ends in the middle of the answer."""


@dataclass
class Parties(parties.Parties):
    """The parties of the demo, that fail on command.

    Attributes:
        failures: By path, what is answered instead: status, headers and body, or `CUT`.
        asked: Method and path of each request.
        keys: Keys that are refused.
    """

    failures: dict[str, tuple[int, dict[str, str], bytes] | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    url: str = ""


@contextmanager
def serving(served: Parties) -> Iterator[Parties]:
    """Serve on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"null")
            path = urlsplit(self.path).path
            served.asked.append(f"{self.command} {path}")
            failure = served.failures.get(path)
            if failure == CUT:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if self.headers["Authorization"].removeprefix("Bearer ") in served.keys:
                failure = (401, {}, b"")
            if isinstance(failure, tuple):
                self._send(*failure)
                return
            key = self.headers.get("Idempotency-Key", "")
            answer = served.answer(self.command, self.path, body, key)
            self._send(200, {}, json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815 - the names http.server calls

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

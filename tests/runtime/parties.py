"""Third parties on this machine: one small server that does what it should, or fails on command."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]

CUT = "cut"
"""As a failure: the connection ends in the middle of the answer."""


@dataclass
class Parties:
    """PostgREST's table of leads, an enrichment provider, a CRM and the events' API.

    Attributes:
        leads: The rows, by id.
        facts: What the provider knows of everybody.
        failures: By path, what is answered instead: status, headers and body, or `CUT`.
        charged: Idempotency keys that the provider has charged for.
        pushed: What the CRM was told, by idempotency key.
        events: What happened, by day.
        asked: Method and path of each request.
        keys: Keys that are refused.
    """

    leads: dict[str, Row] = field(default_factory=dict)
    facts: Row = field(default_factory=dict)
    failures: dict[str, tuple[int, dict[str, str], bytes] | str] = field(default_factory=dict)
    charged: set[str] = field(default_factory=set)
    pushed: dict[str, Row] = field(default_factory=dict)
    events: dict[str, list[Row]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    url: str = ""

    def answer(self, method: str, address: str, body: Any, key: str) -> Any:  # noqa: ANN401
        """Do what is asked and return the answer."""
        parts = urlsplit(address)
        if parts.path == "/v1/enrich":
            self.charged.add(key)
            return self.facts
        if parts.path == "/leads":
            self.pushed.setdefault(key, body)
            return {}
        if parts.path == "/v1/events":
            return self.page(parse_qs(parts.query))
        return self._rows(method, parse_qs(parts.query), body)

    def page(self, query: dict[str, list[str]]) -> Row:
        """Return one page of a day's events; its cursor is of this server's own making."""
        begin = int(query.get("cursor", ["at-0"])[0].removeprefix("at-"))
        end = begin + int(query["limit"][0])
        rows = self.events.get(query["day"][0], [])
        return {"events": rows[begin:end], "next": f"at-{end}" if end < len(rows) else None}

    def _rows(self, method: str, query: dict[str, list[str]], body: Row) -> list[Row]:
        row = self.leads.get(query["id"][0].removeprefix("eq."))
        if row is None or f"neq.{row['state']}" in query.get("state", []):
            return []
        if method == "PATCH":
            row.update(body)
        return [row]


@contextmanager
def serving(parties: Parties) -> Iterator[Parties]:
    """Serve on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length) or b"null")
            path = urlsplit(self.path).path
            parties.asked.append(f"{self.command} {path}")
            failure = parties.failures.get(path)
            if failure == CUT:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if self.headers["Authorization"].removeprefix("Bearer ") in parties.keys:
                failure = (401, {}, b"")
            if isinstance(failure, tuple):
                self._send(*failure)
                return
            key = self.headers.get("Idempotency-Key", "")
            answer = parties.answer(self.command, self.path, body, key)
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
    parties.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield parties
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

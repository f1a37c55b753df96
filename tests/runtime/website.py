"""A web server on this machine that answers as a test tells it to and counts who asks for what."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.support import sitemap

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """What the server answers and what it was asked for.

    Attributes:
        entries: Published pages, as the content API lists them.
        answers: Status, headers and body of some paths; every other path answers 200.
        hits: How often each path was asked for.
        queries: Each question to the content API.
        most_at_once: How many requests were under way at one time, at most.
    """

    entries: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    hits: Counter[str] = field(default_factory=Counter)
    queries: list[dict[str, list[str]]] = field(default_factory=list)
    most_at_once: int = 0
    url: str = ""
    hold: Callable[[], None] = lambda: None
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, address: str) -> Answer:
        """Answer one request."""
        parts = urlsplit(address)
        with self._lock:
            self.hits[parts.path] += 1
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            self.hold()
            if parts.path in self.answers:
                return self.answers[parts.path]
            if parts.path == "/api/pages":
                return 200, {}, json.dumps(self._list(parse_qs(parts.query))).encode()
            return 200, {}, b"x" * 200_000
        finally:
            with self._lock:
                self._now -= 1

    def publish_sitemap(self) -> None:
        """Answer with a sitemap of the entries: an index of files of two addresses each."""
        pages = [f"{self.url}{entry['path']}" for entry in self.entries]
        names: list[str] = []
        for start in range(0, len(pages), 2):
            names.append(f"/sitemap-{len(names) + 1}.xml.gz")
            (file,) = sitemap.files((page, "") for page in pages[start : start + 2])
            self.answers[names[-1]] = (200, {}, file.document)
        self.answers["/sitemap.xml"] = 200, {}, sitemap.index((self.url + n, "") for n in names)

    def _list(self, query: dict[str, list[str]]) -> dict[str, Any]:
        self.queries.append(query)
        page, size = (int(query[f"pagination[{name}]"][0]) for name in ("page", "pageSize"))
        section = query.get("filters[section][$eq]", [""])[0]
        found = [entry for entry in self.entries if section in ("", entry.get("section"))]
        return {
            "data": found[(page - 1) * size : page * size],
            "meta": {"pagination": {"page": page, "pageCount": -(-len(found) // size)}},
        }


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve the site on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path)
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
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def small_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve a site of three pages with its sitemap, as the one that jobs know."""
    entries = [
        {"path": "/", "section": "home"},
        {"path": "/blog/one", "section": "blog"},
        {"path": "/blog/two", "section": "blog"},
    ]
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "ClarivumJobs")
    monkeypatch.setenv("JOB_ENVIRONMENT", "test")
    with serving(Site(entries)) as served:
        monkeypatch.setenv("SITE_URL", served.url)
        monkeypatch.setenv("SITE_ON_LOOPBACK", "true")
        served.publish_sitemap()
        yield served

"""A small website and its content API, as the jobs know them, that counts who asks for what.

`python -m envs.local.demo.site PORT` serves:

- `/api/pages`: the published pages, in pages of a list, as Strapi answers;
- `/_hits`: how often each address was asked for, as JSON;
- `/out-of-order`: status 500;
- anything else: a page.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECTIONS = {
    "home": ("/", "/about"),
    "products": ("/products/lamp", "/products/desk", "/products/chair"),
    "blog": ("/blog/first-post", "/blog/second-post"),
}
OUT_OF_ORDER = "/out-of-order"
_UPDATED = "2026-01-05T08:00:00.000Z"
_LARGEST_PAGE = 100  # Strapi's own limit

_hits: Counter[str] = Counter()
_lock = threading.Lock()


def published() -> list[dict[str, Any]]:
    """Return every published page as an entry of the content API."""
    paths = [(section, path) for section, all_of in SECTIONS.items() for path in all_of]
    return [
        {
            "id": number,
            "documentId": f"page{number}",
            "slug": path.strip("/"),
            "path": path,
            "section": section,
            "updatedAt": _UPDATED,
            "publishedAt": _UPDATED,
        }
        for number, (section, path) in enumerate(paths, start=1)
    ]


def list_pages(query: dict[str, list[str]]) -> dict[str, Any]:
    """Answer a request for published pages: one page of the list, and where in it that is."""
    section = query.get("filters[section][$eq]", [""])[0]
    entries = [entry for entry in published() if section in ("", entry["section"])]
    size = min(int(query.get("pagination[pageSize]", ["25"])[0]), _LARGEST_PAGE)
    page = int(query.get("pagination[page]", ["1"])[0])
    return {
        "data": entries[(page - 1) * size : page * size],
        "meta": {
            "pagination": {
                "page": page,
                "pageSize": size,
                "pageCount": -(-len(entries) // size),
                "total": len(entries),
            }
        },
    }


class Site(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    def do_GET(self) -> None:
        """Answer with JSON under `/api` and `/_hits`, with a page everywhere else."""
        address = urlsplit(self.path)
        if address.path == "/_hits":
            with _lock:
                self._answer("application/json", json.dumps(_hits))
        elif address.path == "/api/pages":
            self._answer("application/json", json.dumps(list_pages(parse_qs(address.query))))
        else:
            with _lock:
                _hits[self.path] += 1
            status = 500 if address.path == OUT_OF_ORDER else 200
            self._answer("text/html", f"<title>{address.path}</title>", status)

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the parent
        """Say nothing: the hits are counted."""

    def _answer(self, kind: str, body: str, status: int = 200) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Site).serve_forever()

"""A small website, its content API and the jobs' third parties, that counts who asks for what.

`python -m envs.local.demo.site PORT ENDPOINT BUCKET` serves:

- `/sitemap…`: the file of that name in the bucket; where there is none yet, the sitemap that the
  site was deployed with;
- `/api/pages`: the published pages, in pages of a list, as Strapi answers;
- `/api/documents/<id>`: the one document;
- what `parties.py` plays: PostgREST, the enrichment provider, the CRM and the events' API, for
  whoever brings the key;
- `/_parties`: what those were told, as JSON;
- `/_hits`: how often each address was asked for, as JSON;
- `/out-of-order`: status 500;
- anything else: a page.
"""

from __future__ import annotations

import functools
import json
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from envs.local.demo.parties import DOCUMENT, document, of_the_demo
from envs.local.engine.clients import Aws

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS = {
    "home": ("/", "/about"),
    "products": ("/products/lamp", "/products/desk", "/products/chair"),
    "blog": ("/blog/first-post", "/blog/second-post"),
}
OUT_OF_ORDER = "/out-of-order"
_UPDATED = "2026-01-05T08:00:00.000Z"
_LARGEST_PAGE = 100  # Strapi's own limit

KEY = "demo"
"""The value of every secret of the demo."""

_NONE: Mapping[str, str] = {}
_hits: Counter[str] = Counter()
_parties = of_the_demo()
_lock = threading.Lock()
_place: list[str] = []  # the emulator's address and the site's bucket


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


def deployed_sitemap(site: str) -> str:
    """Return a sitemap of the published pages, as a deployment of the site brings one along."""
    urls = "".join(f"<url><loc>{site}{entry['path']}</loc></url>" for entry in published())
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{declared}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def bucket_file(key: str) -> bytes | None:
    """Return an object of the site's bucket; none if it is not there."""
    if not _place:
        return None
    endpoint, bucket = _place
    s3 = _aws(endpoint).s3
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except (s3.exceptions.NoSuchKey, s3.exceptions.NoSuchBucket):
        return None


@functools.cache
def _aws(endpoint: str) -> Aws:
    return Aws(endpoint)


class Site(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    def do_GET(self) -> None:
        """Answer with JSON under `/api` and `/_hits`, with a page everywhere else."""
        address = urlsplit(self.path)
        if address.path == "/_hits":
            with _lock:
                self._answer("application/json", json.dumps(_hits))
        elif address.path == "/_parties":
            with _lock:
                self._answer("application/json", json.dumps(_parties.told()))
        elif _parties.knows(address.path):
            self.do_POST()
        elif address.path == f"/api/documents/{DOCUMENT}":
            self._answer("application/json", json.dumps({"data": document()}))
        elif address.path.startswith("/sitemap"):
            self._sitemap(address.path)
        elif address.path == "/api/pages":
            self._answer("application/json", json.dumps(list_pages(parse_qs(address.query))))
        else:
            with _lock:
                _hits[self.path] += 1
            status = 500 if address.path == OUT_OF_ORDER else 200
            self._answer("text/html", f"<title>{address.path}</title>", status)

    do_HEAD = do_GET  # noqa: N815 - the name http.server calls

    def do_POST(self) -> None:
        """Let the party of an address do what it is asked."""
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length) or b"null")
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            self._answer("text/plain", "no key", 401)
            return
        with _lock:
            instead = _parties.once.pop(urlsplit(self.path).path, None)
            key = self.headers.get("Idempotency-Key", "")
            done = None if instead else _parties.answer(self.command, self.path, body, key)
        if instead is None:
            self._answer("application/json", json.dumps(done))
        else:
            status, headers, content = instead
            self._answer("text/plain", content, status, headers)

    do_PATCH = do_POST  # noqa: N815 - likewise

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the parent
        """Say nothing: the hits are counted."""

    def _sitemap(self, path: str) -> None:
        content = bucket_file(path.lstrip("/"))
        if content is not None:
            self._answer("application/octet-stream", content)
        elif path == "/sitemap.xml":
            self._answer("application/xml", deployed_sitemap(f"http://{self.headers['Host']}"))
        else:
            self._answer("text/plain", "no such file", 404)

    def _answer(
        self, kind: str, body: str | bytes, status: int = 200, more: Mapping[str, str] = _NONE
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in {**more, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


if __name__ == "__main__":
    _place += sys.argv[2:4]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Site).serve_forever()

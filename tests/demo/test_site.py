"""The demo's site answers as the real one: its content API pages, its hits are counted."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from envs.local.demo.parties import DOCUMENT
from envs.local.demo.site import KEY, Site, deployed_sitemap, list_pages, published
from tests.runtime.sitemap_schema import urls

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the site on a free port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _get(url: str) -> Any:  # noqa: ANN401 - JSON or text
    with urllib.request.urlopen(url, timeout=300) as answer:  # noqa: S310 - our own
        text = answer.read().decode()
    return json.loads(text) if answer.headers["Content-Type"] == "application/json" else text


def test_the_list_comes_in_pages() -> None:
    """All pages of the list together are all published pages, each once."""
    first = list_pages({"pagination[pageSize]": ["3"]})
    pages = first["meta"]["pagination"]["pageCount"]
    numbers = [[str(number)] for number in range(1, pages + 1)]
    lists = [
        list_pages({"pagination[pageSize]": ["3"], "pagination[page]": number})["data"]
        for number in numbers
    ]

    assert pages == 3
    assert [entry for entries in lists for entry in entries] == published()


def test_a_section_can_be_asked_for() -> None:
    """The filter leaves one section's pages."""
    answer = list_pages({"filters[section][$eq]": ["blog"]})

    assert {entry["section"] for entry in answer["data"]} == {"blog"}
    assert answer["meta"]["pagination"]["total"] == 2


def test_pages_are_counted_and_the_api_is_not(address: str) -> None:
    """Every request of a page counts under its whole address."""
    before = _get(f"{address}/_hits")
    for _ in range(2):
        assert "<title>" in _get(f"{address}/about?x=1")
    assert _get(f"{address}/api/pages")["data"] == published()

    after = _get(f"{address}/_hits")

    assert after["/about?x=1"] - before.get("/about?x=1", 0) == 2
    assert not any(path.startswith("/api") for path in after)


def test_sitemap_is_the_deployed_one_until_there_is_another(address: str) -> None:
    """It lists every published page under the site's own address, and no request of it counts."""
    found = _get(f"{address}/sitemap.xml")

    assert found == deployed_sitemap(address)
    assert urls(found.encode()) == [address + entry["path"] for entry in published()]
    assert not any(path.startswith("/sitemap") for path in _get(f"{address}/_hits"))


def test_parties_answer_who_brings_the_key_and_fail_once_where_they_should(address: str) -> None:
    """The provider is in a hurry the first time; without the key there is nothing to be had."""
    key = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "k"}
    asked = [_ask(f"{address}/v1/enrich", {}), *(_ask(f"{address}/v1/enrich", key) for _ in "ab")]

    assert [status for status, _ in asked] == [401, 429, 200]
    assert json.loads(asked[2][1])["country"] == "GB"
    assert _get(f"{address}/_parties")["charged"] == 1
    assert _get(f"{address}/api/documents/{DOCUMENT}")["data"]["sections"]


def _ask(url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    request = urllib.request.Request(url, b"{}", headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310 - likewise
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""

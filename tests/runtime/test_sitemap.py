"""The sitemap holds every published page, in files of the size the protocol allows."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from clarivum_jobs import PermanentError, RetryAfter
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.sitemap_regeneration import EmptySiteError, handle
from handlers.support import sitemap
from handlers.support.content_api import ContentApiError, Page, published_pages
from tests.runtime.fakes import FakeS3
from tests.runtime.handler_support import attempt
from tests.runtime.website import Site, serving

PAYLOAD = SitemapRegeneration(revision="r1")
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that is being served."""
    with serving(Site()) as served:
        monkeypatch.setenv("SITE_URL", served.url)
        monkeypatch.setenv("SITE_BUCKET", "site")
        yield served


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> FakeS3:
    """Return the site's bucket."""
    fake = FakeS3()
    monkeypatch.setattr("clarivum_jobs.core.clients.s3", lambda: fake)
    return fake


def locations(document: bytes) -> list[str]:
    """Return the addresses a sitemap or an index lists."""
    tree = ET.fromstring(document)  # noqa: S314 - written by the code under test
    return [node.text or "" for node in tree.iter(f"{NAMESPACE}loc")]


def test_every_page_is_listed_once_and_the_index_is_written_last(
    site: Site, bucket: FakeS3
) -> None:
    """Pages of both Strapi versions are read, over several pages of the list."""
    site.entries = [
        {"id": n, "path": f"/p/{n}", "updatedAt": "2026-01-05T08:00:00.000Z"} for n in range(230)
    ]
    site.entries += [{"id": 300, "attributes": {"slug": "old/one", "updatedAt": "soon"}}]
    site.entries += [{"id": 301, "title": "no address"}]

    handle(PAYLOAD, attempt())

    assert list(bucket.objects) == ["sitemap-1.xml", "sitemap.xml"]
    pages = bucket.objects["sitemap-1.xml"]
    expected = [f"{site.url}/p/{n}" for n in range(230)] + [f"{site.url}/old/one"]
    assert locations(pages["Body"]) == expected
    assert pages["Body"].count(b"<lastmod>2026-01-05T08:00:00.000Z</lastmod>") == 230
    assert b"soon" not in pages["Body"]
    assert locations(bucket.objects["sitemap.xml"]["Body"]) == [f"{site.url}/sitemap-1.xml"]
    assert {written["ContentType"] for written in bucket.objects.values()} == {
        "application/xml; charset=utf-8"
    }
    assert [query["pagination[page]"] for query in site.queries] == [["1"], ["2"], ["3"]]
    assert {query["sort"][0] for query in site.queries} == {"id:asc"}


def test_large_site_is_split_into_files_of_fifty_thousand(
    bucket: FakeS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """120,001 addresses are three files and an index of three."""
    pages = (Page(f"/p/{number}", "") for number in range(120_001))
    monkeypatch.setattr("handlers.sitemap_regeneration.published_pages", lambda _site: pages)
    monkeypatch.setenv("SITE_URL", "https://clarivum.example/")
    monkeypatch.setenv("SITE_BUCKET", "site")

    handle(PAYLOAD, attempt())

    sizes = {key: item["Body"].count(b"<loc>") for key, item in bucket.objects.items()}
    assert sizes == {
        "sitemap-1.xml": 50_000,
        "sitemap-2.xml": 50_000,
        "sitemap-3.xml": 20_001,
        "sitemap.xml": 3,
    }
    last = locations(bucket.objects["sitemap-3.xml"]["Body"])[-1]
    assert last == "https://clarivum.example/p/120000"


def test_file_is_closed_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of bytes counts head and tail."""
    monkeypatch.setattr(sitemap, "MAX_BYTES", 1000)
    pages = [(f"https://clarivum.example/{'x' * 100}/{number}", "") for number in range(20)]

    made = list(sitemap.files(pages))

    assert max(map(len, made)) <= 1000
    assert [place for document in made for place in locations(document)] == [
        location for location, _ in pages
    ]


def test_signs_of_xml_and_of_addresses_are_escaped(site: Site, bucket: FakeS3) -> None:
    """A slug with odd signs stays one address in a well-formed file."""
    site.entries = [{"slug": "a&b <c>/ü 1%20"}]

    handle(PAYLOAD, attempt())

    text = bucket.objects["sitemap-1.xml"]["Body"]
    assert locations(text) == [f"{site.url}/a&b%20%3Cc%3E/%C3%BC%201%20"]
    assert re.search(rb"/a&amp;b%20", text)


def test_empty_answer_leaves_the_old_sitemap_alone(site: Site, bucket: FakeS3) -> None:
    """An empty sitemap would take the site out of every search."""
    del site

    with pytest.raises(EmptySiteError):
        handle(PAYLOAD, attempt())
    assert bucket.objects == {}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, b"", ContentApiError),
        (503, b"", RetryAfter),
        (429, b"", RetryAfter),
        (200, b"<html>", ContentApiError),
        (200, b"{}", ContentApiError),
        (200, b'{"data": 1, "meta": {"pagination": {"pageCount": 1}}}', ContentApiError),
        (401, b"", PermanentError),
        (404, b"", PermanentError),
    ],
)
def test_answer_of_the_content_api_decides_about_another_attempt(
    site: Site, status: int, body: bytes, error: type[Exception]
) -> None:
    """What may pass is tried again, what will not is not."""
    site.answers["/api/pages"] = (status, {"Retry-After": "7"}, body)

    with pytest.raises(error):
        list(published_pages(site.url))
    assert site.hits["/api/pages"] == 1


def test_content_api_that_cannot_be_reached_is_tried_again() -> None:
    """A refused connection is no reason to park the message."""
    with serving(Site()) as gone:
        url = gone.url

    with pytest.raises(ContentApiError, match="cannot be reached"):
        list(published_pages(url))

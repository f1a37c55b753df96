"""The sitemap holds every published page, in files of the size the protocol allows."""

import dataclasses
import datetime as dt
import gzip
import hashlib
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import PermanentError, RetryAfter
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.sitemap_regeneration import EmptySiteError, handle
from handlers.support import sitemap
from handlers.support.content_api import ContentApiError, Page, published_pages
from handlers.support.sitemap_shelf import PublishedMeanwhileError
from tests.runtime import sitemap_schema
from tests.runtime.fakes import FakeS3
from tests.runtime.handler_support import attempt
from tests.runtime.website import Site, serving

pytestmark = pytest.mark.long

PAYLOAD = SitemapRegeneration(revision="r1")
BUCKET, INDEX = "site", "sitemap.xml"
RUN = "f" * 16


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that is being served."""
    with serving(Site()) as served:
        monkeypatch.setenv("SITE_URL", served.url)
        monkeypatch.setenv("SITE_BUCKET", BUCKET)
        yield served


def body(bucket: FakeS3, key: str) -> bytes:
    """Return an object's bytes."""
    return bucket.model.objects[BUCKET, key].body


def run(key: str) -> None:
    """Publish the sitemap as the job of a key does."""
    handle(PAYLOAD, dataclasses.replace(attempt(), idempotency_key=key * 64))


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

    file = f"sitemap-{RUN}-1.xml.gz"
    assert [key for _, key in bucket.model.objects] == [file, INDEX]
    expected = [f"{site.url}/p/{n}" for n in range(230)] + [f"{site.url}/old/one"]
    assert sitemap_schema.urls(body(bucket, file)) == expected
    text = gzip.decompress(body(bucket, file))
    assert text.count(b"<lastmod>2026-01-05T08:00:00Z</lastmod>") == 230
    assert b"soon" not in text
    assert sitemap_schema.indexed(body(bucket, INDEX)) == [f"{site.url}/{file}"]
    assert b"<lastmod>2026-01-05T08:00:00Z</lastmod>" in body(bucket, INDEX)
    kinds = [stored.kind for stored in bucket.model.objects.values()]
    assert kinds == ["application/gzip", "application/xml; charset=utf-8"]
    assert [query["pagination[page]"] for query in site.queries] == [["1"], ["2"], ["3"]]
    assert {query["sort"][0] for query in site.queries} == {"id:asc"}


def test_large_site_is_three_files_and_an_index_in_bounded_memory(
    bucket: FakeS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """120,000 addresses; what is held at a time is one compressed file, not the site."""
    paths = [f"/p/{hashlib.sha256(b'%d' % number).hexdigest()}" for number in range(120_000)]
    pages = (Page(path, "2026-01-05T08:00:00Z") for path in paths)
    monkeypatch.setattr("handlers.sitemap_regeneration.published_pages", lambda _site: pages)
    monkeypatch.setenv("SITE_URL", "https://clarivum.example/")
    monkeypatch.setenv("SITE_BUCKET", BUCKET)

    tracemalloc.start()
    handle(PAYLOAD, attempt())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    files = sitemap_schema.indexed(body(bucket, INDEX))
    assert files == [f"https://clarivum.example/sitemap-{RUN}-{n}.xml.gz" for n in (1, 2, 3)]
    found = [sitemap_schema.urls(body(bucket, file.rpartition("/")[2])) for file in files]
    assert [len(urls) for urls in found] == [50_000, 50_000, 20_000]
    assert [url for urls in found for url in urls] == [
        f"https://clarivum.example{p}" for p in paths
    ]
    stored = sum(len(stored.body) for stored in bucket.model.objects.values())
    # 20 MB of text; of what is held, the bucket's own copies are not the handler's.
    assert most - stored < 4 * 1024 * 1024


@given(st.lists(st.integers(0, 700), max_size=40), st.integers(1, 9))
def test_file_is_closed_before_it_grows_too_large(lengths: list[int], most: int) -> None:
    """Neither bytes, head and tail included, nor addresses pass the limit; none is lost."""
    pages = [(f"https://clarivum.example/{'x' * n}/{i}", "") for i, n in enumerate(lengths)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sitemap, "MAX_BYTES", 1000)
        patched.setattr(sitemap, "MAX_URLS", most)
        made = list(sitemap.files(pages))

    found = [sitemap_schema.urls(file.document) for file in made]
    assert [url for urls in found for url in urls] == [url for url, _ in pages]
    assert [len(urls) for urls in found] == [file.urls for file in made]
    assert all(len(gzip.decompress(file.document)) <= 1000 for file in made)
    assert max(map(len, found), default=0) <= most


_TIMES = st.one_of(
    st.text(),
    st.dates().map(str),
    st.datetimes(timezones=st.none() | st.timezones()).map(dt.datetime.isoformat),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?", fullmatch=True),
)


@given(_TIMES)
def test_time_of_a_change_is_valid_or_left_out(text: str) -> None:
    """Whatever the content API holds for one, the file fits the schema."""
    (file,) = sitemap.files([("https://clarivum.example/", text)])

    assert len(sitemap_schema.urls(file.document)) == 1
    assert sitemap_schema.indexed(sitemap.index([("https://clarivum.example/", file.changed)]))


@given(st.text(min_size=1) | st.text("\ud800<&>\"'\x00%\u202e ", min_size=1))
def test_any_address_stays_one_address_in_a_valid_file(slug: str) -> None:
    """Signs of XML, of addresses and of no encoding at all."""
    entries = {"data": [{"slug": slug}], "meta": {"pagination": {"pageCount": 1}}}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("handlers.support.content_api._get", lambda _url: entries)
        pages = [("https://a.example" + page.path, "") for page in published_pages("")]
    files = list(sitemap.files(pages))

    assert [sitemap_schema.urls(file.document) for file in files] == [[pages[0][0]]]


def test_address_that_is_too_long_is_left_out(site: Site, bucket: FakeS3) -> None:
    """The protocol has no place for it; the others are listed."""
    site.entries = [{"path": "/" + "x" * 2048}, {"path": "/a"}]

    handle(PAYLOAD, attempt())

    assert sitemap_schema.urls(body(bucket, f"sitemap-{RUN}-1.xml.gz")) == [f"{site.url}/a"]


def test_empty_answer_leaves_the_old_sitemap_alone(site: Site, bucket: FakeS3) -> None:
    """An empty sitemap would take the site out of every search."""
    site.entries = [{"path": "/a"}]
    run("a")
    site.entries.clear()
    before = dict(bucket.model.objects)

    with pytest.raises(EmptySiteError):
        run("b")
    assert bucket.model.objects == before


def test_old_files_go_once_the_new_index_stands(site: Site, bucket: FakeS3) -> None:
    """Those of the run before, and those that nobody has named for a day; nothing else."""
    site.entries = [{"path": "/a"}]
    run("a")
    forgotten = bucket.model.objects[BUCKET, INDEX]
    forgotten = dataclasses.replace(forgotten, written=forgotten.written - dt.timedelta(days=2))
    bucket.model.objects[BUCKET, "sitemap-1.xml"] = forgotten
    bucket.model.objects[BUCKET, "robots.txt"] = forgotten
    bucket.put_object(Bucket=BUCKET, Key=f"sitemap-{'9' * 16}-1.xml.gz")  # of a run under way

    run("b")

    mine, others = (f"sitemap-{name * 16}-1.xml.gz" for name in "b9")
    assert bucket.model.keys(BUCKET) == ["robots.txt", others, mine, INDEX]
    assert sitemap_schema.indexed(body(bucket, INDEX)) == [f"{site.url}/{mine}"]


def test_of_two_runs_at_a_time_the_later_index_is_refused(
    site: Site, bucket: FakeS3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before the other published must not replace it; another attempt may."""
    site.entries = [{"path": "/a"}]
    real: Any = FakeS3.put_object

    def racing(self: FakeS3, **request: Any) -> Any:  # noqa: ANN401 - as the client's
        monkeypatch.setattr(FakeS3, "put_object", real)
        run("a")
        return real(self, **request)

    monkeypatch.setattr(FakeS3, "put_object", racing)
    with pytest.raises(PublishedMeanwhileError):
        run("b")
    assert sitemap_schema.indexed(body(bucket, INDEX)) == [
        f"{site.url}/sitemap-{'a' * 16}-1.xml.gz"
    ]

    run("b")
    assert bucket.model.keys(BUCKET) == [f"sitemap-{'b' * 16}-1.xml.gz", INDEX]


@pytest.mark.parametrize(
    ("status", "answer", "error"),
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
    site: Site, status: int, answer: bytes, error: type[Exception]
) -> None:
    """What may pass is tried again, what will not is not."""
    site.answers["/api/pages"] = (status, {"Retry-After": "7"}, answer)

    with pytest.raises(error):
        list(published_pages(site.url))
    assert site.hits["/api/pages"] == 1


def test_content_api_that_cannot_be_reached_is_tried_again() -> None:
    """A refused connection is no reason to park the message."""
    with serving(Site()) as gone:
        url = gone.url

    with pytest.raises(ContentApiError, match="cannot be reached"):
        list(published_pages(url))

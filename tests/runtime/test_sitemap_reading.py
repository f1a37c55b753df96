"""Warming reads the site's own sitemap: index and files, gzip or not, and nothing beyond it."""

import gzip
from collections.abc import Callable, Iterator

import pytest

from clarivum_jobs import PermanentError, RetryAfter
from generated.payloads.cache_warming import CacheWarming
from handlers.cache_warming import handle
from handlers.support import sitemap
from handlers.support.sitemap_reader import SitemapError
from tests.runtime.handler_support import attempt
from tests.runtime.website import Answer, Site, small_site

MAP = {"/sitemap.xml": 1, "/sitemap-1.xml.gz": 1, "/sitemap-2.xml.gz": 1}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that is being served."""
    with small_site(monkeypatch) as served:
        yield served


def test_section_is_what_the_sitemap_lists_under_it(site: Site) -> None:
    """`all` is every page, a section its own; home is what lies in no other."""
    handle(CacheWarming(section="blog"), attempt())
    assert site.hits == {**MAP, "/blog/one": 1, "/blog/two": 1}

    handle(CacheWarming(section="home"), attempt())
    assert (site.hits["/"], site.hits["/blog/one"]) == (1, 1)

    site.hits.clear()
    handle(CacheWarming(), attempt())
    assert site.hits == {**MAP, "/": 1, "/blog/one": 1, "/blog/two": 1}


def test_no_more_of_the_sitemap_is_read_than_is_warmed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many pages as there is time for; the files after them are not asked for."""
    monkeypatch.setattr("handlers.cache_warming._MOST_PAGES", 5)
    site.entries = [{"path": f"/{number}"} for number in range(20)]
    site.publish_sitemap()

    handle(CacheWarming(), attempt())

    assert site.hits == {**MAP, "/sitemap-3.xml.gz": 1, **{f"/{n}": 1 for n in range(5)}}


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])]
)
def test_sitemap_may_be_one_file_in_any_packing(site: Site, pack: Callable[[bytes], bytes]) -> None:
    """A small site has no index, and gzip is told by its bytes."""
    (file,) = sitemap.files([(f"{site.url}/a?b=1&c=2", "2026-01-05")])
    site.answers["/sitemap.xml"] = (200, {}, pack(gzip.decompress(file.document)))

    handle(CacheWarming(), attempt())

    assert site.hits == {"/sitemap.xml": 1, "/a": 1}


_HEAD = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
_WHOLE = gzip.compress(_HEAD + b"<url><loc>/</loc></url>" * 99 + b"</urlset>")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((500, {}, b""), SitemapError),
        ((404, {}, b""), SitemapError),
        ((503, {"Retry-After": "9"}, b""), RetryAfter),
        ((429, {"Retry-After": "9"}, b""), RetryAfter),
        ((200, {}, b""), SitemapError),
        ((200, {}, b"<html/>"), SitemapError),
        ((200, {}, _HEAD), SitemapError),
        ((200, {}, b"\x1f\x8b not gzip"), SitemapError),
        ((200, {}, _WHOLE[:-20]), SitemapError),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), SitemapError),
        ((200, {}, gzip.compress(b" " * 53_000_000)), SitemapError),
        ((302, {"Location": "http://127.0.0.1:9001/next"}, b""), SitemapError),
    ],
)
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-1.xml.gz"])
def test_sitemap_that_cannot_be_read_is_tried_again(
    site: Site, path: str, answer: Answer, error: type[Exception]
) -> None:
    """Whether the index fails or a file of it; no page is requested."""
    site.answers[path] = answer

    with pytest.raises(error):
        handle(CacheWarming(), attempt())
    assert set(site.hits) <= set(MAP)


@pytest.mark.parametrize("place", ["http://127.0.0.1:9001/x", "ftp://a.example/", "nonsense"])
@pytest.mark.parametrize("indexed", [True, False])
def test_sitemap_that_leads_elsewhere_parks_the_message(
    site: Site,
    place: str,
    indexed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Neither a file nor a page of another place is requested."""
    (file,) = sitemap.files([(place, "")])
    document = sitemap.index([(place, "")]) if indexed else file.document
    site.answers["/sitemap.xml"] = (200, {}, document)

    with pytest.raises(PermanentError) as caught:
        handle(CacheWarming(section="home" if not indexed else "all"), attempt())
    assert caught.value.code == "unsupported_url"
    assert site.hits == {"/sitemap.xml": 1}


def test_index_of_indices_is_no_sitemap(site: Site) -> None:
    """The protocol has one level; it could not end otherwise."""
    site.answers["/sitemap.xml"] = (200, {}, sitemap.index([(f"{site.url}/sitemap.xml", "")]))

    with pytest.raises(SitemapError, match="another index"):
        handle(CacheWarming(), attempt())

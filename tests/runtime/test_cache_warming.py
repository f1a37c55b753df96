"""Warming asks for every page once, a few at a time, and tells honestly what did not answer."""

import threading
from collections.abc import Iterator

import pytest

from clarivum_jobs import PermanentError
from generated.payloads.cache_warming import CacheWarming
from handlers.cache_warming import PagesFailedError, handle
from handlers.support.web import PARALLEL
from tests.runtime.handler_support import attempt
from tests.runtime.website import Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that is being served."""
    entries = [
        {"path": "/", "section": "home"},
        {"path": "/blog/one", "section": "blog"},
        {"path": "/blog/two", "section": "blog"},
    ]
    with serving(Site(entries)) as served:
        monkeypatch.setenv("SITE_URL", served.url)
        yield served


def test_given_addresses_are_requested_once_each(site: Site) -> None:
    """An address given twice is one address; the content API is not asked."""
    urls = tuple(f"{site.url}{path}" for path in ("/a", "/b", "/a"))

    handle(CacheWarming(urls=urls), attempt())

    assert site.hits == {"/a": 1, "/b": 1}


def test_section_is_what_the_content_api_lists_under_it(site: Site) -> None:
    """`all` is every page, a section its own."""
    handle(CacheWarming(section="blog"), attempt())
    assert site.hits == {"/api/pages": 1, "/blog/one": 1, "/blog/two": 1}

    handle(CacheWarming(), attempt())
    assert site.hits == {"/api/pages": 2, "/": 1, "/blog/one": 2, "/blog/two": 2}


def test_requests_run_side_by_side_but_not_without_bound(site: Site) -> None:
    """Eight at a time: quick for us, gentle to the site."""
    together = threading.Event()

    def hold() -> None:
        if site.most_at_once >= PARALLEL:
            together.set()
        together.wait(2)

    site.hold = hold
    handle(CacheWarming(urls=tuple(f"{site.url}/{n}" for n in range(40))), attempt())

    assert site.most_at_once == PARALLEL
    assert sum(site.hits.values()) == 40


def test_missing_page_does_not_fail_the_job(site: Site) -> None:
    """Asking again would not bring it back."""
    site.answers["/gone"] = (404, {}, b"")

    handle(CacheWarming(urls=(f"{site.url}/gone", f"{site.url}/a")), attempt())

    assert site.hits == {"/gone": 1, "/a": 1}


def test_redirect_is_followed(site: Site) -> None:
    """What readers are sent to is what must be hot."""
    site.answers["/old"] = (301, {"Location": "/new"}, b"")

    handle(CacheWarming(urls=(f"{site.url}/old",)), attempt())

    assert site.hits == {"/old": 1, "/new": 1}


def test_failures_are_counted_after_every_other_page_was_requested(site: Site) -> None:
    """The error names numbers, no addresses."""
    site.answers["/broken"] = (503, {}, b"")
    with serving(Site()) as gone:
        nowhere = f"{gone.url}/?token=hidden"
    urls = (nowhere, f"{site.url}/broken", f"{site.url}/a")

    with pytest.raises(PagesFailedError) as caught:
        handle(CacheWarming(urls=urls), attempt())

    words = "of 3 pages 1 could not be reached, 1 answered with 5xx"
    assert str(caught.value) == words
    assert site.hits == {"/broken": 1, "/a": 1}


def test_address_that_is_not_of_the_web_parks_the_message(site: Site) -> None:
    """Nothing is requested: the payload cannot be right."""
    urls = ("ftp://files.example/x", f"{site.url}/a")

    with pytest.raises(PermanentError, match="not ftp"):
        handle(CacheWarming(urls=urls), attempt())
    assert site.hits == {}


def test_pages_without_time_left_are_reported_not_begun(site: Site) -> None:
    """The invocation ends by itself, not by Lambda's hand."""
    with pytest.raises(PagesFailedError, match="2 were left out"):
        handle(CacheWarming(urls=(f"{site.url}/a", f"{site.url}/b")), attempt(remaining=5))
    assert site.hits == {}

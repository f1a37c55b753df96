"""Warming asks for every page once, a few at a time, and tells honestly what did not answer."""

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import PermanentError, RetryAfter
from generated.payloads.cache_warming import CacheWarming
from handlers.cache_warming import PagesFailedError, handle
from handlers.support.origin import resolve
from handlers.support.warming import RATE
from handlers.support.web import PARALLEL
from tests.runtime.handler_support import attempt
from tests.runtime.website import Site, serving, small_site


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site that is being served."""
    with small_site(monkeypatch) as served:
        yield served


def test_given_addresses_are_requested_once_each(site: Site) -> None:
    """An address given twice is one address; the sitemap is not asked for."""
    urls = tuple(f"{site.url}{path}" for path in ("/a", "/b", "/a"))

    handle(CacheWarming(urls=urls), attempt())

    assert site.hits == {"/a": 1, "/b": 1}


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
    urls = (f"{site.url}/broken?token=hidden", f"{site.url}/a")

    with pytest.raises(PagesFailedError) as caught:
        handle(CacheWarming(urls=urls), attempt())

    assert str(caught.value) == "of 2 pages 1 answered with 5xx"
    assert site.hits == {"/broken": 1, "/a": 1}


def test_site_that_cannot_be_reached_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another attempt may find it well."""
    with serving(Site()) as gone:
        monkeypatch.setenv("SITE_URL", gone.url)
        monkeypatch.setenv("SITE_ON_LOOPBACK", "true")
        monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "ClarivumJobs")
        monkeypatch.setenv("JOB_ENVIRONMENT", "test")

    with pytest.raises(PagesFailedError, match="of 1 pages 1 could not be reached"):
        handle(CacheWarming(urls=(f"{gone.url}/",)), attempt())


@pytest.mark.parametrize(
    "address",
    [
        "ftp://{site}/x",
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "https://127.0.0.1:{port}/",
        "http://user:word@{site}/",
        "http://{site}@evil.example/",
        "http://evil.example/",
        "http://evil.example#@{site}/",
    ],
)
def test_what_is_not_of_the_site_parks_the_message(site: Site, address: str) -> None:
    """Nothing at all is requested: the payload cannot be right."""
    place = site.url.removeprefix("http://")
    strange = address.format(site=place, port=place.partition(":")[2])

    with pytest.raises(PermanentError, match=r"only pages of 127\.0\.0\.1") as caught:
        handle(CacheWarming(urls=(f"{site.url}/a", strange)), attempt())
    assert caught.value.code == "unsupported_url"
    assert site.hits == {}


def test_redirect_away_from_the_site_is_not_followed(site: Site) -> None:
    """Not to another port of this machine, where Lambda's runtime would listen."""
    with serving(Site()) as runtime:
        site.answers["/old"] = (302, {"Location": f"{runtime.url}/next"}, b"")

        handle(CacheWarming(urls=(f"{site.url}/old",)), attempt())

        assert runtime.hits == {}
    assert site.hits == {"/old": 1}


def test_site_on_loopback_needs_the_allowance(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that leads into this machine is refused unless `envs/local` says so."""
    monkeypatch.delenv("SITE_ON_LOOPBACK")

    with pytest.raises(PermanentError) as caught:
        handle(CacheWarming(urls=(f"{site.url}/a",)), attempt())
    assert caught.value.code == "forbidden_address"
    assert site.hits == {}


@given(st.ip_addresses(), st.booleans())
def test_only_public_addresses_are_connected_to(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
    loopback: bool,  # noqa: FBT001 - as hypothesis hands it over
) -> None:
    """Whatever a name resolves to: what is not public is refused, loopback where it is allowed."""
    fits = address.is_global and not address.is_multicast
    try:
        found = resolve(str(address), 443, loopback=loopback)
    except PermanentError:
        assert not (loopback and address.is_loopback)
        assert not fits or address.version == 6  # an IPv6 address may stand for a private one
    else:
        assert ipaddress.ip_address(found) == address
        assert fits or (loopback and address.is_loopback)


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "fe80::1",
        "10.1.1.1",
    ],
)
def test_disguised_addresses_are_refused(address: str) -> None:
    """An IPv6 address that stands for a private IPv4 address is private."""
    with pytest.raises(PermanentError):
        resolve(address, 443, loopback=False)


def test_connection_goes_to_the_address_that_was_judged(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is resolved once a request; the second answer of a rebinding name is never used."""
    real, asked = socket.getaddrinfo, []
    port = int(site.url.rpartition(":")[2])

    def changing(host: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if host == "site.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"
        return real(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setenv("SITE_URL", f"http://site.example:{port}")

    handle(CacheWarming(urls=(f"http://site.example:{port}/a",)), attempt())

    assert asked == ["site.example"]
    assert site.hits == {"/a": 1}


@pytest.mark.parametrize("status", [429, 503])
def test_site_that_asks_to_be_left_alone_is(site: Site, status: int) -> None:
    """The pages after it are not requested, and the next attempt comes as late as it asks."""
    site.answers["/busy"] = (status, {"Retry-After": "77"}, b"")
    urls = (f"{site.url}/busy", *(f"{site.url}/{number}" for number in range(60)))

    with pytest.raises(RetryAfter) as caught:
        handle(CacheWarming(urls=urls), attempt())

    assert caught.value.seconds == 77
    assert sum(site.hits.values()) < 61


def test_hits_misses_and_slow_pages_are_counted(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a cache had is a hit, what it had not a miss."""
    site.answers["/hit"] = (200, {"X-Vercel-Cache": "HIT"}, b"x")
    site.answers["/cloudfront"] = (200, {"X-Cache": "Hit from cloudfront"}, b"x")
    monkeypatch.setattr("handlers.support.warming.SLOW", 0.0)
    urls = tuple(f"{site.url}/{name}" for name in ("hit", "cloudfront", "miss"))

    handle(CacheWarming(urls=urls), attempt())

    found = json.loads(
        next(line for line in capsys.readouterr().out.splitlines() if "_aws" in line)
    )
    assert found["warm_hits_total"] == [2]
    assert found["warm_misses_total"] == [1]
    assert found["warm_slow_pages_total"] == [3]


def test_requests_are_spread_over_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more a second than the rate: the pauses before all but the first add up to it."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)

    handle(CacheWarming(urls=tuple(f"{site.url}/{n}" for n in range(5))), attempt())

    assert sorted(pauses) == pytest.approx([number / RATE for number in range(1, 5)])


def test_pages_without_time_left_are_reported_not_begun(site: Site) -> None:
    """The invocation ends by itself, not by Lambda's hand."""
    with pytest.raises(PagesFailedError, match="2 were left out"):
        handle(CacheWarming(urls=(f"{site.url}/a", f"{site.url}/b")), attempt(remaining=5))
    assert site.hits == {}

"""Requests to pages of the site that follow redirects, as long as they stay on it."""

from urllib.parse import urljoin

import urllib3
from urllib3.util import Url

from clarivum_jobs import PermanentError
from handlers.support.origin import Origin

_CHUNK = 64 * 1024
_MOST_REDIRECTS = 3
_REDIRECTIONS = range(300, 400)


def visit(origin: Origin, url: Url) -> urllib3.BaseHTTPResponse | None:
    """Return the answer that a page leads to, its body unread; none if it leads away from the site.

    Raises:
        PermanentError: The site's name leads into a network that is not the public one.
        UnresolvedError: It leads nowhere.
        urllib3.exceptions.HTTPError: There was no answer.
    """
    for _ in range(1 + _MOST_REDIRECTS):
        response = origin.get(url)
        location = response.headers.get("Location")
        if response.status not in _REDIRECTIONS or not location:
            return response
        drain(response)
        try:
            url = origin.parse(urljoin(url.url, location))
        except PermanentError:
            return None
    return None


def drain(response: urllib3.BaseHTTPResponse) -> None:
    """Read an answer to its end and forget it: a cache keeps only what was delivered in full.

    Raises:
        urllib3.exceptions.HTTPError: It broke off.
    """
    try:
        for _piece in response.stream(_CHUNK):
            pass
    finally:
        response.release_conn()

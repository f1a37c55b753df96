"""Who may ask: pure judgements of a request's method and headers.

A page of another site must not reach the console through the browser of whoever runs it. It can
name this machine by a host of its own (DNS rebinding), so the `Host` must be one of ours; it can
send requests that it cannot read the answer of, so each needs the token of this start; and what
changes something must come from our own page.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_READING = frozenset({"GET", "HEAD"})

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer carries: nothing is loaded from elsewhere, framed, kept, or guessed at."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What a console lets in.

    Attributes:
        port: Where it listens.
        token: The token of this start.
        act: Whether anything may be changed.
    """

    port: int
    token: str
    act: bool

    @property
    def hosts(self) -> frozenset[str]:
        """The names of this console; a browser leaves no port out but 80."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    def refusal(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """Return status and reason why a request is refused; none if it is let in.

        Args:
            method: Its method.
            path: Its path.
            headers: Its headers, names in lower case.
        """
        reads, asks = method in _READING, path.startswith("/api/")
        host, given = headers.get("host", ""), headers.get("authorization", "").encode()
        mine = hmac.compare_digest(given, f"Bearer {self.token}".encode())
        near = headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
        own = headers.get("origin", "") == f"http://{host}"
        checks = (
            (host in self.hosts, 421, "not a name of this console"),
            (near, 403, "a page of another site asks"),
            (reads or asks, 405, "nothing to change here"),
            (mine or not asks, 401, "the token is missing: open the address that was printed"),
            (reads or own, 403, "a page of another origin asks"),
            (reads or self.act, 403, "this console only shows; start it with --act"),
        )
        return next(((status, why) for true, status, why in checks if not true), None)

"""Who is let in: every refusal, alone and together with the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from envs.console.guards import HEADERS, Guard

PORT, TOKEN = 8765, "a-token-of-this-start"
GOOD = {
    "host": f"127.0.0.1:{PORT}",
    "authorization": f"Bearer {TOKEN}",
    "origin": f"http://127.0.0.1:{PORT}",
    "sec-fetch-site": "same-origin",
}
BAD = {
    "host": ["", "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "[::1]:8765"],
    "authorization": ["", "Bearer ", "Bearer x", TOKEN, f"bearer {TOKEN}", "Bearer é"],
    "origin": ["", "null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1"],
    "sec-fetch-site": ["cross-site", "same-site"],
}


@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE"]),
    path=st.sampled_from(["/", "/console.js", "/api/jobs", "/api/apply"]),
    wrong=st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in BAD.items()}),
    act=st.booleans(),
)
def test_only_our_own_page_is_let_in(
    method: str, path: str, wrong: dict[str, str], *, act: bool
) -> None:
    """Reading takes a name of ours and the token; changing, our origin and `--act` as well."""
    reads, asks = method in {"GET", "HEAD"}, path.startswith("/api/")
    let_in = (
        "host" not in wrong
        and "sec-fetch-site" not in wrong
        and (reads or asks)
        and (not asks or "authorization" not in wrong)
        and (reads or ("origin" not in wrong and act))
    )
    refused = Guard(PORT, TOKEN, act).refusal(method, path, {**GOOD, **wrong})

    assert (refused is None) == let_in
    assert refused is None or TOKEN not in refused[1]


def test_a_page_of_ours_needs_no_header_that_old_browsers_lack() -> None:
    """`Sec-Fetch-Site` is refused where it tells of another site, and may be missing."""
    headers = {name: value for name, value in GOOD.items() if name != "sec-fetch-site"}

    assert Guard(PORT, TOKEN, act=True).refusal("POST", "/api/apply", headers) is None


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Scripts and styles are files of ours; nothing inline, nothing framed, nothing kept."""
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert HEADERS["Cache-Control"] == "no-store"

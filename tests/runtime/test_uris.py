"""Ports of a URI, at the ends of what is one."""

from __future__ import annotations

import pytest

from clarivum_jobs.contract.text_formats import is_uri


@pytest.mark.parametrize(
    ("port", "good"),
    [("1", 1), ("65535", 1), ("00065535", 1), ("", 1), ("0", 0), ("65536", 0), ("99999", 0)],
)
def test_a_port_is_a_number_that_a_socket_has(port: str, good: int) -> None:
    """None is one too: it is the scheme's."""
    assert is_uri(f"https://example.org:{port}/a") is bool(good)
    assert is_uri(f"https://[::1]:{port}") is bool(good)

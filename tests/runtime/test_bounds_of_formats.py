"""Formats of text, at the ends of what is one."""

from __future__ import annotations

import pytest

from clarivum_jobs.contract.text_formats import is_email, is_uri


@pytest.mark.parametrize(
    ("port", "good"),
    [("1", 1), ("65535", 1), ("00065535", 1), ("", 1), ("0", 0), ("65536", 0), ("99999", 0)],
)
def test_a_port_is_a_number_that_a_socket_has(port: str, good: int) -> None:
    """None is one too: it is the scheme's."""
    assert is_uri(f"https://example.org:{port}/a") is bool(good)
    assert is_uri(f"https://[::1]:{port}") is bool(good)


def _address(local: int, whole: int) -> str:
    """Return an address of so many characters, so many of them before the `@`."""
    rest = whole - local - len("@.org")
    labels = ["d" * 60] * (rest // 61)
    domain = ".".join([*labels, "e" * (rest - 61 * len(labels))] if rest % 61 else labels)
    return f"{'a' * local}@{domain}.org"


@pytest.mark.parametrize(("local", "whole", "good"), [(64, 100, 1), (65, 100, 0), (1, 100, 1)])
def test_a_mailbox_has_64_characters_at_most(local: int, whole: int, good: int) -> None:
    """RFC 5321, 4.5.3.1.1."""
    address = _address(local, whole)
    assert len(address) == whole
    assert is_email(address) is bool(good)


@pytest.mark.parametrize(("whole", "good"), [(253, 1), (254, 1), (255, 0), (256, 0)])
def test_an_address_has_254_characters_at_most(whole: int, good: int) -> None:
    """RFC 5321, 4.5.3.1.3, whose path has two more for its brackets."""
    address = _address(30, whole)
    assert len(address) == whole
    assert is_email(address) is bool(good)

"""A manifest of as many jobs as one likes, whose names are all of one length."""

from __future__ import annotations

from tests.generator.shop import shop


def names(jobs: int) -> list[str]:
    """Return the names of so many jobs, in letters, so that each is one word in any code."""
    return [f"job-{_letters(number)}" for number in range(jobs)]


def manifest(jobs: int) -> str:
    """Return the text of a manifest of so many jobs of eight fields in four environments."""
    return shop(names(jobs))


def _letters(number: int) -> str:
    word = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        word = chr(ord("a") + letter) + word
    return word

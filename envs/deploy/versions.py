"""Which version of each function runs, and which ran before: what a rollback goes back to.

A deploy leaves a record of the versions that the aliases `live` name then. Versions never change
and their numbers only grow, so that of two records the older one has the smaller numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Versions = dict[str, int]
"""Function name -> number of the version that runs."""


class NoEarlierReleaseError(Exception):
    """Nothing on record ran before what runs now."""


def moves_back(
    live: Mapping[str, int], releases: Sequence[Mapping[str, int]], function: str | None = None
) -> Versions:
    """Return which functions go back to which version.

    The release gone back to is the newest that is nowhere ahead of what runs and somewhere behind
    it: a function that was rolled back alone is not brought forward again by a rollback of all.

    Args:
        live: What runs now.
        releases: What deploys left running, the oldest first.
        function: The only one to go back; otherwise all of the release do.

    Returns:
        The version of each function that has to move. A function that a release did not know, or
        that is gone, stays as it is.

    Raises:
        NoEarlierReleaseError: There is no such release.
    """
    for release in reversed(releases):
        known = {
            name: version
            for name, version in release.items()
            if name in live and function in {None, name}
        }
        behind = {name: version for name, version in known.items() if version < live[name]}
        if behind and all(version <= live[name] for name, version in known.items()):
            return behind
    message = f"no release on record is older than what runs{f' of {function}' * bool(function)}"
    raise NoEarlierReleaseError(message)

"""What a rollback goes back to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envs.deploy.versions import NoEarlierReleaseError, Versions, moves_back

FUNCTIONS = ("a", "b", "c")


def test_the_release_before_runs_again() -> None:
    """Only what the last deploy changed goes back."""
    releases = [{"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 2}]

    assert moves_back({"a": 2, "b": 2}, releases) == {"b": 1}


def test_one_job_goes_back_alone() -> None:
    """The others keep what they run, and the next rollback of all takes none of them forward."""
    releases = [{"a": 1, "b": 1}, {"a": 2, "b": 2}]

    assert moves_back({"a": 2, "b": 2}, releases, "a") == {"a": 1}
    assert moves_back({"a": 1, "b": 2}, releases) == {"b": 1}


def test_new_and_removed_functions_stay_as_they_are() -> None:
    """A release that did not know a function cannot say what it ran."""
    releases = [{"a": 1, "gone": 4}, {"a": 2, "new": 1}]

    assert moves_back({"a": 2, "new": 1}, releases) == {"a": 1}


@pytest.mark.parametrize("releases", [[], [{"a": 1}], [{"a": 3}]])
def test_nothing_earlier_is_said(releases: list[Versions]) -> None:
    """What runs is the oldest that is known."""
    with pytest.raises(NoEarlierReleaseError, match="no release on record"):
        moves_back({"a": 1}, releases)


@given(
    deploys=st.lists(st.sets(st.sampled_from(FUNCTIONS), min_size=1), min_size=1, max_size=8),
    steps=st.lists(st.sampled_from([None, *FUNCTIONS]), max_size=8),
)
def test_rollbacks_end_at_the_first_release_and_never_go_forward(
    deploys: list[set[str]], steps: list[str | None]
) -> None:
    """Any deploys, then any rollbacks: each moves something back to what some deploy left."""
    live = dict.fromkeys(FUNCTIONS, 1)
    releases = [dict(live)]
    for changed in deploys:
        live |= {name: live[name] + 1 for name in changed}
        releases.append(dict(live))
    for step in [*steps, *[None] * len(releases)]:
        try:
            back = moves_back(live, releases, step)
        except NoEarlierReleaseError:
            assert step is not None or live == releases[0]
            assert step is None or live[step] == 1
            continue
        assert all(version < live[name] for name, version in back.items())
        assert step is None or back.keys() == {step}
        live |= back

    assert live == releases[0]

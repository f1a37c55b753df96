"""Two branches publish one number: refused at the merge, with the way out."""

from pathlib import Path

import pytest

from tests.generator.compat.repository import Repository
from tests.generator.compat.states import (
    CONTRACTS,
    RIGHT,
    branches,
    channels,
    publish,
    upcasters,
)
from tests.generator.manifests import job, manifest


def test_a_number_that_two_branches_published_is_refused(repository: Repository) -> None:
    """The second one is told to become the next number; doing so is accepted."""
    branches(
        repository,
        channels("web", "shop", contract=2),
        channels("shop", "app", "web", "fax", contract=2).replace('"web"', '"tv"'),
    )

    refused = repository.run("compat", "--against", "main")
    # What the verdict says: their file and their upcaster, and this schema as the next number.
    repository.git("checkout", "main", "--", str(CONTRACTS / "2.json"))
    upcasters(repository, RIGHT, '{**payload, "channel": "shop"}')
    publish(repository, channels("shop", "app", "tv", "fax", contract=3))
    followed = repository.run("compat", "--against", "main")

    assert refused.exit_code == 1
    assert "contract-number-taken" in refused.output
    assert "`contract: 3`" in refused.output
    assert "make your `from_1` into `from_2`" in refused.output
    assert followed.exit_code == 0, followed.output


def test_a_job_that_two_branches_added_is_refused(repository: Repository) -> None:
    """Its first number is taken as well, and there is no upcaster before it."""
    repository.write(manifest({"other-job": job()}))
    repository.run("generate")
    repository.commit("before")
    repository.git("branch", "mine")
    publish(repository, channels("web"))
    repository.git("checkout", "-q", "mine")
    publish(repository, channels("shop"))

    refused = repository.run("compat", "--against", "main")

    assert refused.exit_code == 1
    assert "contract-number-taken" in refused.output
    assert "write `contract: 2`, write `from_1`" in refused.output
    assert "from_0" not in refused.output


def test_a_merge_that_keeps_one_side_is_refused(repository: Repository) -> None:
    """After the merge both commits are before this one, and the number is still taken."""
    branches(repository, channels("web", "shop", contract=2), channels("web", "app", contract=2))
    repository.git("merge", "-q", "-s", "ours", "-m", "merged", "main")

    refused = repository.run("compat", "--against", "main")

    assert refused.exit_code == 1
    assert "contract-number-taken" in refused.output
    assert "`contract: 3`" in refused.output


@pytest.mark.parametrize("merged", [False, True])
def test_a_published_number_that_is_made_anew_is_no_taken_one(
    repository: Repository,
    merged: bool,  # noqa: FBT001 - two cases
) -> None:
    """Deleted and published again on one branch: it was there where the two parted."""
    publish(repository, channels("web", "shop", "phone"))
    repository.git("checkout", "-q", "-b", "mine")
    for path in (repository.root / CONTRACTS).glob("*.json"):
        path.unlink()
    repository.commit("deleted")
    publish(repository, channels("shop"))
    if merged:
        repository.git("checkout", "-q", "main")
        (repository.root / "other").write_text("x")
        repository.commit("other")
        repository.git("checkout", "-q", "mine")
        repository.git("merge", "-q", "-m", "merged", "main")

    refused = repository.run("compat", "--against", "main")

    assert refused.exit_code == 1
    assert "contract-history" in refused.output
    assert "contract-number-taken" not in refused.output


def test_a_commit_that_a_shallow_clone_lacks(repository: Repository, tmp_path: Path) -> None:
    """What is no commit here may be one elsewhere; where all are here, nothing is fetched."""
    branches(repository, channels("web", "shop", contract=2), channels("web", "app", contract=2))
    clone = Repository(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth=1", f"file://{repository.root}", "mine:mine-1")
    clone.git("checkout", "-q", "mine-1")

    for each, said in ((clone, True), (repository, False)):
        refused = each.run("compat", "--against", "mine-1~9")
        assert refused.exit_code == 2
        assert ("git fetch --unshallow" in refused.output) == said


def test_a_shallow_clone_says_what_it_cannot_tell(repository: Repository, tmp_path: Path) -> None:
    """A build's clone of one commit: the way out holds, and the history is asked for."""
    branches(repository, channels("web", "shop", contract=2), channels("web", "app", contract=2))
    clone = Repository(tmp_path / "clone")
    for branch in ("mine", "main"):
        clone.git("fetch", "-q", "--depth=1", f"file://{repository.root}", f"{branch}:{branch}-1")
    clone.git("checkout", "-q", "mine-1")

    refused = clone.run("compat", "--against", "main-1")

    assert refused.exit_code == 1
    assert "contract-number-taken" in refused.output
    assert "`contract: 3`" in refused.output
    assert "git fetch --unshallow" in refused.output


def test_equal_numbers_of_two_branches_that_agree_are_accepted(repository: Repository) -> None:
    """One accepts all that the other does, so nothing is misread."""
    branches(
        repository, channels("web", "shop", contract=2), channels("web", "shop", "app", contract=2)
    )

    assert repository.run("compat", "--against", "main").exit_code == 0

"""Two branches publish one number: refused at the merge, with the way out."""

from pathlib import Path

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
    """After the merge both commits are before this one: what is missing then was rewritten."""
    branches(repository, channels("web", "shop", contract=2), channels("web", "app", contract=2))
    repository.git("merge", "-q", "-s", "ours", "-m", "merged", "main")

    refused = repository.run("compat", "--against", "main")

    assert refused.exit_code == 1
    assert "contract-history" in refused.output


def test_equal_numbers_of_two_branches_that_agree_are_accepted(repository: Repository) -> None:
    """One accepts all that the other does, so nothing is misread."""
    branches(
        repository, channels("web", "shop", contract=2), channels("web", "shop", "app", contract=2)
    )

    assert repository.run("compat", "--against", "main").exit_code == 0


def test_a_shallow_clone_refuses_just_so(repository: Repository, tmp_path: Path) -> None:
    """Where nobody knows whether two branches published a number, it was rewritten."""
    branches(repository, channels("web", "shop", contract=2), channels("web", "app", contract=2))
    clone = tmp_path / "clone"
    repository.git(
        "clone", "-q", "--depth", "1", "-b", "mine", f"file://{repository.root}", str(clone)
    )
    shallow = Repository(clone)
    shallow.git("fetch", "-q", "--depth", "1", "origin", "main:theirs")

    refused = shallow.run("compat", "--against", "theirs")

    assert (refused.exit_code, "contract-history" in refused.output) == (1, True)

"""Check every root and module, at most two side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from envs.deploy.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor, Future
    from pathlib import Path

# Each loads the provider's schema: a third would only take the others' processor and memory.
SIDE_BY_SIDE = 2

ROOMS = ("envs", "examples", "modules")
"""Where roots and modules are, from the repository's root."""


def directories(repository: Path) -> list[Path]:
    """Return every Terraform root and module of the repository, sorted."""
    found = (path.parent for room in ROOMS for path in repository.glob(f"{room}/*/*.tf"))
    return sorted(set(found))


def formatted(repository: Path) -> None:
    """Check the layout of every Terraform file.

    Raises:
        TerraformError: Some file is not as `terraform fmt` writes it; the output is the difference.
    """
    Terraform(repository).run("fmt", "-check", "-diff", "-recursive", *ROOMS)


@dataclass(frozen=True)
class Report:
    """What became of one root or module; "" where nothing is wrong.

    Attributes:
        validity: Why it is not valid.
        tests: Why its tests fail.
    """

    validity: str = ""
    tests: str = ""


def check(directory: Path, data: Path) -> Report:
    """Validate one root or module, and run the tests it has.

    Args:
        directory: The root or module.
        data: Directory for what Terraform notes down, beside the root's own `.terraform`.

    Raises:
        ProviderNotFoundError: The AWS provider cannot be had.
    """
    terraform = Terraform(directory, data_dir=data / directory.parent.name / directory.name)
    try:
        terraform.init(use_backend=False)
        terraform.validate()
    except TerraformError as error:
        return Report(validity=str(error), tests="not run: it is not valid")
    try:
        if has_tests(directory):
            terraform.test()
    except TerraformError as error:
        return Report(tests=str(error))
    return Report()


def has_tests(directory: Path) -> bool:
    """Whether a root or module has tests of its own."""
    return any(directory.glob("tests/*.tftest.hcl"))


def start(pool: Executor, repository: Path, chosen: Iterable[Path]) -> dict[Path, Future[Report]]:
    """Begin to check directories of the repository, each in its turn in `pool`."""
    data = repository / "build" / "terraform"
    return {directory: pool.submit(check, directory, data) for directory in chosen}


def check_all(repository: Path) -> dict[Path, str]:
    """Check the layout and every root and module.

    Returns:
        What is wrong, by directory; empty when all is well.

    Raises:
        ProviderNotFoundError: The AWS provider cannot be had.
    """
    wrong: dict[Path, str] = {}
    try:
        formatted(repository)
    except TerraformError as error:
        wrong[repository] = str(error)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for directory, result in start(pool, repository, directories(repository)).items():
            report = result.result()
            reason = report.validity or report.tests
            if reason:
                wrong[directory] = reason
    return wrong

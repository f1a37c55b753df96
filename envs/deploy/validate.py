"""Check every root and module, at most two side by side."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from envs.deploy.terraform import Terraform, TerraformError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Each loads the provider's schema: a third would only take the others' processor and memory.
_SIDE_BY_SIDE = 2


def directories(repository: Path) -> list[Path]:
    """Return every Terraform root and module below `envs/` and `modules/`, sorted."""
    found = (
        path.parent for room in ("envs", "modules") for path in repository.glob(f"{room}/*/*.tf")
    )
    return sorted(set(found))


def formatted(repository: Path) -> None:
    """Check the layout of every Terraform file.

    Raises:
        TerraformError: Some file is not as `terraform fmt` writes it; the output is the difference.
    """
    Terraform(repository).run("fmt", "-check", "-diff", "-recursive", "modules", "envs")


def check(directory: Path, data: Path) -> None:
    """Validate one root or module, and run the tests it has.

    Args:
        directory: The root or module.
        data: Directory for what Terraform notes down, beside the root's own `.terraform`.

    Raises:
        TerraformError: It is not valid, or a test fails.
        ProviderNotFoundError: The AWS provider cannot be had.
    """
    terraform = Terraform(directory, data_dir=data / directory.parent.name / directory.name)
    terraform.init(use_backend=False)
    terraform.validate()
    if any(directory.glob("tests/*.tftest.hcl")):
        terraform.test()


def start(
    repository: Path, only: Iterable[Path]
) -> tuple[ThreadPoolExecutor, dict[Path, Future[None]]]:
    """Begin to check directories; the caller ends the pool.

    Returns:
        The pool, and for each directory what becomes of its check.
    """
    pool = ThreadPoolExecutor(_SIDE_BY_SIDE)
    data = repository / "build" / "terraform"
    return pool, {directory: pool.submit(check, directory, data) for directory in only}


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
    pool, checks = start(repository, directories(repository))
    with pool:
        for directory, result in checks.items():
            try:
                result.result()
            except TerraformError as error:
                wrong[directory] = str(error)
    return wrong

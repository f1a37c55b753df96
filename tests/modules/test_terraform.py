"""Every root and module is laid out, valid and passes its own tests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from envs.deploy import validate
from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from envs.deploy.validate import Report

pytestmark = pytest.mark.terraform

REPOSITORY = MODULES.parent
DIRECTORIES = validate.directories(REPOSITORY)


def _named(directories: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(REPOSITORY).as_posix()) for path in directories]


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], Report]]:
    """Check all chosen directories side by side, and answer for each when asked."""
    asked = {
        item.callspec.params["directory"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "report" in item.fixturenames
    }
    chosen = [directory for directory in DIRECTORIES if directory in asked]
    pool = ThreadPoolExecutor(validate.SIDE_BY_SIDE)
    reports = validate.start(pool, REPOSITORY, chosen)
    yield lambda directory: reports[directory].result()
    pool.shutdown(cancel_futures=True)


def test_every_file_is_laid_out_as_terraform_does_it() -> None:
    """`terraform fmt` has nothing to change."""
    validate.formatted(REPOSITORY)


@pytest.mark.parametrize("directory", _named(DIRECTORIES))
def test_the_configuration_is_valid(directory: Path, report: Callable[[Path], Report]) -> None:
    """`terraform validate` accepts the root or module."""
    assert report(directory).validity == ""


@pytest.mark.parametrize("directory", _named([d for d in DIRECTORIES if validate.has_tests(d)]))
def test_the_modules_own_tests_pass(directory: Path, report: Callable[[Path], Report]) -> None:
    """`terraform test` passes in the module."""
    assert report(directory).tests == ""


def test_every_module_and_example_has_tests() -> None:
    """None goes without."""
    tested = [path for path in DIRECTORIES if path.parent.name in ("examples", "modules")]

    assert [path for path in tested if not validate.has_tests(path)] == []

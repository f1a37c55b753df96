"""One rendering of an environment for all oracles: it takes Terraform some time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracles.rendered import Rendered, render

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Return everything that `envs/prod` makes."""
    directory: Path = tmp_path_factory.mktemp("oracles")
    return render(directory, "prod")

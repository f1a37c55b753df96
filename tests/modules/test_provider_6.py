"""What modules and roots use is known to version 6 of the provider as well.

Only version 5 is run here. `provider-6.json` lists the names that each type of resource takes in
version 6, those of its blocks among them, as the bindings published for CDK for Terraform
(`@cdktf/provider-aws` 21.22.1) link to its documentation. Types of values are not compared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import hcl2
import pytest

from tests.modules.readme import MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TABLE = json.loads((MODULES.parent / "tests/modules/provider-6.json").read_text(encoding="utf-8"))
_TERRAFORMS = {"count", "depends_on", "for_each", "lifecycle", "provider"}
_CHANGED = {"aws_region": "name"}
"""What version 6 gives up: the provider's guide to upgrading to it."""


def used(body: Mapping[str, object]) -> Iterator[str]:
    """Yield the name of each attribute and block that a resource sets, in blocks as well."""
    for name, value in body.items():
        if name.startswith("__") or name in _TERRAFORMS:
            continue
        if name == "dynamic":
            for block in value if isinstance(value, list) else ():
                for kind, inner in block.items():
                    yield kind.strip('"')
                    yield from used(inner["content"][0])
            continue
        yield name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for block in value:
                if "__is_block__" in block or all(key.isidentifier() for key in block):
                    yield from used(block)


def resources() -> Iterator[tuple[str, str, set[str]]]:
    """Yield file, type and names of every resource of modules and roots."""
    root = MODULES.parent
    for path in sorted([*root.glob("modules/*/*.tf"), *root.glob("envs/*/*.tf")]):
        for block in hcl2.loads(path.read_text(encoding="utf-8")).get("resource", ()):
            for kind, named in block.items():
                for body in named.values():
                    yield path.relative_to(root).as_posix(), kind.strip('"'), set(used(body))


def test_every_name_is_one_of_version_6() -> None:
    """Types, attributes and blocks; index and data sources are written so that both take them."""
    found = list(resources())
    strange = {
        (path, kind, name)
        for path, kind, names in found
        for name in names - set(TABLE["resources"].get(kind, ()))
    }

    assert TABLE["version"].startswith("6.")
    assert strange == set()
    assert sum(len(names) for _, _, names in found) > 200
    assert {kind for _, kind, _ in found} == TABLE["resources"].keys()


@pytest.mark.parametrize("path", sorted(MODULES.glob("*/*.tf")), ids=lambda path: path.stem)
def test_nothing_reads_what_version_6_gives_up(path: Path) -> None:
    """The region's `name` is called `region` there; its `id` is the same in both."""
    text = path.read_text(encoding="utf-8")

    for kind, attribute in _CHANGED.items():
        assert f"data.{kind}.current.{attribute}" not in text

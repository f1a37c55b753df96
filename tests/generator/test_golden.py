"""Whole outputs: one folder a case, a manifest and the tree that it must make."""

from pathlib import Path

import pytest

from generator.pipeline import examine, planned
from tests.generator.trees import assert_tree

CASES = sorted((Path(__file__).parent / "cases").iterdir())
SCHEMA = "generator/schema/jobs.schema.json"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_manifest_makes_exactly_its_expected_tree(case: Path) -> None:
    """Every generated file of a case is byte for byte the one that was read in review."""
    examined = examine(case / "jobs.yaml")
    assert examined.manifest is not None, examined.findings
    plan = planned(examined.manifest)

    files = {**plan.machine, **plan.stubs}
    # It says nothing about a case: it is the same for all manifests.
    del files[SCHEMA]
    assert_tree(case / "expected", files)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rendering_twice_gives_the_same_bytes(case: Path) -> None:
    """Nothing in an output depends on when, or how often, it is rendered."""
    first, second = (examine(case / "jobs.yaml").manifest for _ in range(2))
    assert first is not None
    assert second is not None

    assert planned(first) == planned(second)

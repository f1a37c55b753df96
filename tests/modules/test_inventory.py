"""All that the modules say is as it was when somebody last read the difference."""

from __future__ import annotations

import json

import pytest

from tests.generator.trees import assert_text
from tests.modules.inventory import Inventory
from tests.modules.readme import MODULES

EXPECTED = MODULES.parent / "tests" / "modules" / "expected"
NAMES = sorted(
    {path.parent.name for path in MODULES.glob("*/main.tf")}
    - {"alarms", "queue", "schedule", "worker"}
)
"""Every module that is not part of `job`, with which those are shown."""


@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_is_what_it_was(name: str) -> None:
    """One call of each module with every choice taken; nothing of it changes unseen."""
    text = json.dumps(Inventory(MODULES).of(name), indent=1, sort_keys=True)

    assert_text(EXPECTED / f"{name}.json", f"{text}\n")


def test_every_module_is_shown() -> None:
    """The parts of a job stand in the job's; none stands anywhere else as well."""
    shown = json.dumps(Inventory(MODULES).of("job"))

    for part in ("alarms", "queue", "schedule", "worker"):
        assert f'"module.{part}"' in shown
    assert sorted(path.stem for path in EXPECTED.glob("*.json")) == NAMES

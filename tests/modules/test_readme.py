"""Each module's README agrees with its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from envs.deploy import validate
from tests.modules import readme

if TYPE_CHECKING:
    from pathlib import Path

MOST_INPUTS = 15
each_module = pytest.mark.parametrize(
    "module", [pytest.param(module, id=module.name) for module in readme.modules()]
)


@each_module
def test_tables_say_what_the_code_says(module: Path) -> None:
    """Inputs and outputs in the README are those of the module."""
    written = (module / "README.md").read_text(encoding="utf-8")

    assert written == readme.expected(module), "run `python -m tests.modules.readme`"


@each_module
def test_every_input_and_output_is_described(module: Path) -> None:
    """No variable is untyped, nullable or undescribed, and no output undescribed."""
    variables = readme.blocks(module, "variable")
    wanting = {
        name
        for name, body in variables.items()
        if not {"type", "description"} <= body.keys() or body.get("nullable") is not False
    }
    outputs = readme.blocks(module, "output")
    silent = {name for name, body in outputs.items() if "description" not in body}

    assert wanting | silent == set()


@each_module
def test_the_readmes_example_is_a_complete_call(module: Path) -> None:
    """The call shown passes every required input and none that does not exist."""
    variables = readme.blocks(module, "variable")
    required = {name for name, body in variables.items() if "default" not in body}
    passed = readme.example(module).keys() - {"source"}

    assert passed <= variables.keys()
    assert required <= passed


def test_every_root_and_module_asks_for_the_same_versions() -> None:
    """One `versions.tf` is true of all."""
    repository = readme.MODULES.parent
    found = [path for room in validate.ROOMS for path in repository.glob(f"{room}/*/versions.tf")]

    assert len({path.read_text(encoding="utf-8") for path in found}) == 1


@each_module
def test_a_call_can_be_kept_in_mind(module: Path) -> None:
    """What belongs together is one object: no module has more inputs than fifteen."""
    assert len(readme.blocks(module, "variable")) <= MOST_INPUTS

"""`docs/manifest.md` holds every key, and what it shows can be written."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from generator.manifest import model as parts
from generator.manifest.layers import BUILT_IN
from generator.manifest.model import CommonSettings
from generator.manifest.yaml_reader import Reader
from generator.render.reference import reference
from generator.rules.ranges import RANGES

MODELS = [
    item
    for item in vars(parts).values()
    if isinstance(item, type) and issubclass(item, BaseModel) and item.model_fields
]
FIELDS = [
    (model, name)
    for model in MODELS
    for name in model.model_fields
    if model is CommonSettings or not (
        issubclass(model, CommonSettings) and name in CommonSettings.model_fields
    )
]  # fmt: skip
ROWS = re.findall(r"^\| `(\w+)` \| (.*) \|$", reference(), re.MULTILINE)


def test_every_key_has_a_row_and_every_row_a_key() -> None:
    """As many rows of a name as parts of the manifest have it."""
    assert sorted(name for name, _ in ROWS) == sorted(name for _, name in FIELDS)


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_every_example_can_be_written(model: type[BaseModel], name: str) -> None:
    """The key takes the example that stands in its row, read as YAML."""
    field = model.model_fields[name]
    (example,) = field.examples or [None]
    cells = [cells for key, cells in ROWS if key == name]
    shown = [re.search(rf"`({name}: .*?)` \|", text) for text in cells]
    written = [Reader(match[1].replace("\\|", "|")).value for match in shown if match]
    if model is not parts.Manifest or name != "jobs":
        annotation: Any = field.rebuild_annotation()
        TypeAdapter(annotation).validate_python(example, strict=True)

    assert {name: example} in written
    assert field.description


@pytest.mark.parametrize("bounds", RANGES, ids=lambda bounds: bounds.id)
def test_every_range_is_shown(bounds: Any) -> None:  # noqa: ANN401 - a row of the rules
    """What a rule refuses is what the row allows not."""
    span = f"| {bounds.text(bounds.low)} to {bounds.text(bounds.high)} |"

    assert any(name == bounds.field.rpartition(".")[2] and span in text for name, text in ROWS)


@pytest.mark.parametrize(
    "name", [n for n, value in BUILT_IN.items() if not isinstance(value, dict)]
)
def test_every_default_is_shown(name: str) -> None:
    """What holds if nothing is written stands in the row."""
    assert any(key == name and f"| `{BUILT_IN[name]}` |" in text for key, text in ROWS)


def test_the_readme_leads_there() -> None:
    """People find it."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

    assert "(docs/manifest.md)" in readme

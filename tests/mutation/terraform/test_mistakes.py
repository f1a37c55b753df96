"""Mistakes in Terraform are found where they can be made, and played as Terraform would."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs.testing.terraform.modules import files, parse
from tests.mutation.terraform.cuts import cuts
from tests.mutation.terraform.mistakes import mistakes
from tests.mutation.terraform.playing import failing, mocks
from tests.mutation.terraform.schema import Schema, read

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "modules"
NAMES = sorted(path.parent.name for path in MODULES.glob("*/main.tf"))
TEXT = """\
resource "a_b" "c" { # a comment } with a brace
  name = "x-${var.y["}"]}"
  count = (var.n
    + 1)

  policy = jsonencode({ Sid = "A", Deep = { "k:1" = [1, 2] } })

  dynamic "part" {
    for_each = { for key in var.keys : key => 1 }
    content {
      on = true
    }
  }
}
"""


class _Texts(Schema):
    """A provider for whom every attribute is a text."""

    def type_of(self, _path: Sequence[str]) -> str:
        """Return a text's type."""
        return "string"


def test_pieces_are_found_with_all_that_belongs_to_them() -> None:
    """Comments, templates, brackets over lines, objects in objects and dynamic blocks."""
    found = {".".join(cut.path[3:]): TEXT[slice(*cut.span)] for cut in cuts(TEXT)}

    assert found.keys() == {
        *("", "name", "count", "policy", "policy.Sid", "policy.Deep", "policy.k:1"),
        *("dynamic.part", "dynamic.part.for_each", "dynamic.part.content"),
        "dynamic.part.content.on",
    }
    assert found["name"] == 'name = "x-${var.y["}"]}"'
    assert found["count"] == "count = (var.n\n    + 1)"
    assert found["policy.k:1"] == '"k:1" = [1, 2]'
    assert found["dynamic.part.content.on"] == "on = true"


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_is_a_change_that_can_still_be_read(name: str) -> None:
    """None leaves the file as it was, and none breaks its grammar."""
    found = mistakes(MODULES / name, _Texts({}))

    assert len(found) >= 10
    for mistake in found:
        source = mistake.file.read_text(encoding="utf-8")
        assert mistake.made(source) != source
        parse(mistake.made(source))
    assert len({(one.file, one.span, one.what) for one in found}) == len(found)


@pytest.mark.terraform
def test_modules_play_as_they_do_in_terraform(tmp_path: Path) -> None:
    """All tests pass as they are; a queue that loses a setting, a rule or a default fails them."""
    schema = read(MODULES, ROOT / "build" / "mutants" / "schema.json")
    shutil.copytree(MODULES, tmp_path / "modules")
    known = mocks(tmp_path / "modules" / "mocks" / "aws.tfmock.hcl")
    assert {name: failing(tmp_path / "modules" / name, schema, known) for name in NAMES} == (
        dict.fromkeys(NAMES, "")
    )

    queue = tmp_path / "modules" / "queue"
    main = queue / "main.tf"
    source = main.read_text(encoding="utf-8")
    for part, by in (
        ('sqs_managed_sse_enabled    = var.kms_key_arn == "" ? true : null', ""),
        ("sqs_managed_sse_enabled    =", "sqs_managed_sse    ="),
        ("var.dead_letter_retention > var.message_retention", "true"),
        ('redrivePermission = "byQueue"', 'redrivePermission = "allowAll"'),
    ):
        assert part in source
        main.write_text(source.replace(part, by), encoding="utf-8")
        files.cache_clear()
        assert failing(queue, schema, known), part
    files.cache_clear()

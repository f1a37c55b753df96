"""HCL literals: what is written is what Terraform reads, whatever the text."""

import json
import random
import subprocess
from pathlib import Path

import hcl2
import pytest

from generator.manifest.resolved import Reference
from generator.render import hcl

SEED = 20261123
SPECIAL = '${}%"\\\n\t a~'

HOSTILE = [
    "",
    "plain",
    'say "hi"',
    "${var.secret}",
    "$${escaped}",
    "$$${x}",
    "%{ if true }x%{ endif }",
    "%%{x}",
    "50% of $5",
    "ends in $",
    "back\\slash \\n \\\\",
    "line\nbreak\r\ntab\t",
    "日本 é 😀",
    "\u2028 \u00a0 \u202e",
    "# no comment // neither /* nor this */",
    "}\nresource {",
    "EOT\n<<EOT",
]


def read_back(literal: str) -> object:
    """Return what a parser makes of a literal."""
    return hcl2.loads(f"value = {literal}\n")["value"]


def unquoted(text: object) -> str:
    """Return the meaning of a quoted literal as the parser keeps it."""
    assert isinstance(text, str)
    inner = text.removeprefix('"').removesuffix('"')
    meant, index = "", 0
    escapes = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    while index < len(inner):
        two, three = inner[index : index + 2], inner[index : index + 3]
        if two[:1] == "\\" and two[1:] in escapes:
            meant, index = meant + escapes[two[1]], index + 2
        elif two in {"\\u", "\\U"}:
            digits = 4 if two == "\\u" else 8
            code = inner[index + 2 : index + 2 + digits]
            meant, index = meant + chr(int(code, 16)), index + 2 + digits
        elif three in {"$${", "%%{"}:
            meant, index = meant + three[1:], index + 3
        else:
            assert two not in {"${", "%{"}, f"a template begins inside {inner!r}"
            meant, index = meant + inner[index], index + 1
    return meant


@pytest.mark.parametrize("text", HOSTILE)
def test_text_comes_back_as_it_was(text: str) -> None:
    """No text can end its literal, begin a template, or lose a character."""
    assert unquoted(read_back(hcl.string(text))) == text


@pytest.mark.terraform
def test_terraform_reads_any_mixture_of_special_characters_as_it_was(tmp_path: Path) -> None:
    """Quoting holds for every order of the characters that mean something in HCL."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    texts = [*HOSTILE, *("".join(chance.choices(SPECIAL, k=n % 9)) for n in range(2000))]
    rows = "".join(f"    {hcl.string(text)},\n" for text in texts)
    (tmp_path / "main.tf").write_text(f'output "found" {{\n  value = [\n{rows}  ]\n}}\n')

    for arguments in (["apply", "-auto-approve", "-input=false"], ["output", "-json"]):
        command = ["terraform", f"-chdir={tmp_path}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout)["found"]["value"] == texts


def test_references_stay_references_and_text_around_them_stays_text() -> None:
    """A dollar before a reference does not escape it."""
    parts = ("cost$", Reference.ACCOUNT, "%", Reference.REGION, "${no}")

    assert hcl.template(parts).code == (
        '"cost${"$"}${module.platform.account_id}%${module.platform.region}$${no}"'
    )


def test_a_long_map_gets_one_entry_a_line_with_aligned_signs() -> None:
    """Layout is the one that `terraform fmt` would make."""
    value = {"short": 1, "a-much-longer-name": "x" * 80, "odd name": [True, None]}

    assert hcl.literal(value).splitlines() == [
        "{",
        "  short              = 1",
        f'  a-much-longer-name = "{"x" * 80}"',
        '  "odd name"         = [true, null]',
        "}",
    ]


def test_a_value_without_a_literal_is_an_error_of_ours() -> None:
    """What HCL cannot say is never written as something else."""
    with pytest.raises(TypeError, match="set"):
        hcl.literal({1, 2})

"""HCL literals: what is written is what Terraform reads, whatever the text."""

import json
import random
import subprocess
import unicodedata
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.manifest.resolved import Reference, Text
from generator.render import hcl
from tests.generator.hcl_values import literal, payload_of
from tests.generator.texts import ENEMIES, TEXT, drawn

SEED = 20261127
MEANT = {Reference.ACCOUNT: "123456789012", Reference.REGION: "eu-west-1"}
PLATFORM = """
output "account_id" { value = "123456789012" }
output "region" { value = "eu-west-1" }
"""
PARTS = st.lists(TEXT | st.sampled_from(list(Reference)), max_size=6).map(tuple)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
WORDS = (
    "for",
    "in",
    "if",
    "else",
    "null",
    "true",
    "false",
    "each",
    "var",
    "a-b",
    "-a",
    "é",
    "a\n",
    "",
)


def filled(parts: Text) -> str:
    """Return a text with what Terraform would put into it."""
    return "".join(MEANT[p] if isinstance(p, Reference) else p for p in parts)


@given(TEXT)
@settings(max_examples=400, deadline=None)
def test_text_comes_back_as_it_was(text: str) -> None:
    """No text can end its literal, begin a template, or lose a character."""
    assert literal(hcl.string(text)) == text


@given(PARTS)
@settings(max_examples=400, deadline=None)
def test_a_template_is_its_text_and_its_references(parts: Text) -> None:
    """Whatever stands before a reference, it stays one, and the text around it stays text."""
    found = literal(hcl.template(parts).code)

    assert filled(found if isinstance(found, tuple) else (found,)) == filled(parts)


@given(VALUES)
@settings(max_examples=200, deadline=None)
def test_json_text_is_the_json_of_its_value(value: object) -> None:
    """Whether Terraform encodes it, or would change it and so gets it as text."""
    assert payload_of(literal(hcl.json_text(value).code)) == value


def test_text_that_terraform_would_change_is_given_to_it_as_ascii() -> None:
    """It puts every text of its own into normal form C, and rounds numbers of many digits."""
    for value in ({"e\u0301": 1}, ["\u212b"], {"n": 2**513}):
        code = hcl.json_text(value).code
        assert code.isascii()
        assert "jsonencode" not in code
    assert hcl.json_text({"é": 2**500}).code.startswith("jsonencode(")


@pytest.mark.terraform
def test_terraform_reads_any_mixture_of_special_characters_as_it_was(tmp_path: Path) -> None:
    """Every run of dollars and the like, alone, before a brace and before a reference."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    runs = ["".join(run) for n in range(5) for run in product('${%"\\', repeat=n)]
    texts = [*ENEMIES, *runs, *(drawn(chance) for _ in range(2000))]
    templates: list[Text] = [
        (text, Reference.ACCOUNT, other, Reference.REGION, text)
        for text, other in zip(texts, reversed(texts), strict=True)
    ]
    values: list[object] = [
        {text: [text], word: 1} for text, word in zip(texts, WORDS * len(texts), strict=False)
    ]
    values += [{word: {word: word}} for word in WORDS]
    values += [[chance.uniform(-1, 1) * 10 ** chance.randint(-300, 300), 7**n] for n in range(300)]

    found = applied(
        tmp_path,
        texts=[hcl.string(text) for text in texts],
        templates=[hcl.template(parts).code for parts in templates],
        values=[hcl.json_text(value).code for value in values],
    )

    assert found["texts"] == [composed(text) for text in texts]
    assert found["templates"] == [composed(filled(parts)) for parts in templates]
    assert [exactly(text) for text in found["values"]] == [exactly(json.dumps(v)) for v in values]


def exactly(text: str) -> object:
    """Return what JSON says, its numbers as they are written."""
    return json.loads(text, parse_int=Decimal, parse_float=Decimal)


def composed(text: str) -> str:
    """Return a text as Terraform keeps it."""
    return unicodedata.normalize("NFC", text)


def applied(folder: Path, **lists: list[str]) -> dict[str, list[str]]:
    """Return what Terraform makes of lists of expressions."""
    (folder / "platform").mkdir()
    (folder / "platform" / "main.tf").write_text(PLATFORM, encoding="utf-8")
    text = 'module "platform" {\n  source = "./platform"\n}\n'
    for name, codes in lists.items():
        rows = "".join(f"    {code},\n" for code in codes)
        text += f'output "{name}" {{\n  value = [\n{rows}  ]\n}}\n'
    (folder / "main.tf").write_text(text, encoding="utf-8")
    for arguments in (["init"], ["apply", "-auto-approve", "-input=false"], ["output", "-json"]):
        command = ["terraform", f"-chdir={folder}", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr[-3000:]
    return {name: output["value"] for name, output in json.loads(done.stdout).items()}


def test_a_word_of_the_language_is_no_plain_key() -> None:
    """`for` would begin an expression; other words are names like any other."""
    assert hcl.literal({"for": 1, "null": 2, "a\n": 3}) == '{ "for" = 1, null = 2, "a\\n" = 3 }'


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

"""Each format judges what the official JSON Schema Test Suite has about it, case by case.

The table of docs/payloads.md is what comes of it.
"""

import json
import re
from pathlib import Path

import pytest

from generator.contracts.formats import is_formatted
from generator.contracts.types import Format
from tests.generator.contracts import suite
from tests.generator.contracts.exceptions import FORMATS

DOCUMENT = Path(__file__).parents[3] / "docs" / "payloads.md"
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| [^|]* \| ([0-9]+) of ([0-9]+) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def cases() -> dict[Format, list[suite.Case]]:
    """Return the suite's cases about text, by format."""
    where = suite.directory()
    if where is None or not (where / "optional" / "format").is_dir():
        pytest.skip(
            "THE OFFICIAL JSON SCHEMA TEST SUITE IS NOT HERE, so no format was compared with it: "
            "set JSON_SCHEMA_TEST_SUITE to a checkout of it"
        )
    return {form: suite.format_cases(where, form.value) for form in Format}


def test_a_format_agrees_with_every_case_but_the_listed(
    cases: dict[Format, list[suite.Case]],
) -> None:
    """What is judged otherwise is listed with its reason, and nothing is that is not."""
    otherwise = {
        (form.value, case.test)
        for form, listed in cases.items()
        for case in listed
        if is_formatted(str(case.data), form) != case.valid
    }

    assert otherwise == {(name, test) for name, tests in FORMATS.items() for test in tests}


def test_the_document_says_what_the_suite_gives(cases: dict[Format, list[suite.Case]]) -> None:
    """Of each format, how many cases there are and how many agree."""
    rows = _ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    given = {
        form: [is_formatted(str(c.data), form) == c.valid for c in cases[form]] for form in Format
    }

    assert {name: (int(agree), int(whole)) for name, agree, whole in rows} == {
        form.value: (sum(agreeing), len(agreeing)) for form, agreeing in given.items()
    }


def test_the_document_knows_every_format() -> None:
    """With or without the suite: a row for each, and no other."""
    rows = _ROW.findall(DOCUMENT.read_text(encoding="utf-8"))

    assert [name for name, _, _ in rows] == [form.value for form in Format]
    assert json.dumps(sorted(FORMATS)) == json.dumps(
        sorted(name for name, agree, whole in rows if agree != whole)
    )

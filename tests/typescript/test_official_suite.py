"""The generated TypeScript means what the official JSON Schema Test Suite says, case by case."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from generator.contracts import types
from tests.generator.contracts import suite
from tests.generator.contracts.exceptions import ASSERTED, REFUSED
from tests.generator.contracts.models import forget, model_of, producer_takes, type_of
from tests.typescript.parity import EXACT, Contract, typescript_answers

OUTSIDE = {group for (_said, _why), groups in REFUSED.items() for group in groups}
"""Schemas that the subset refuses."""

INEXACT = 2
"""Cases of whole numbers beyond 2^53 - 1, which TypeScript refuses."""

Cases = Sequence[suite.Case]


@pytest.fixture(scope="module")
def where() -> Path:
    """Return where the suite is."""
    found = suite.directory()
    if found is None:
        pytest.skip(
            "THE OFFICIAL JSON SCHEMA TEST SUITE IS NOT HERE, so TypeScript was not compared with"
            " it: set JSON_SCHEMA_TEST_SUITE to a checkout of it"
        )
    return found


def verdicts(groups: Mapping[str, Cases]) -> list[tuple[suite.Case, bool]]:
    """Return each case with whether TypeScript takes it."""
    contracts = [
        Contract(
            f"suite-{index}",
            type_of(suite.as_payload(cases[0].schema)),
            (),
            tuple(json.dumps({"value": case.data}) for case in cases),
        )
        for index, cases in enumerate(groups.values())
    ]
    answers = typescript_answers(contracts)
    return [
        (case, "data" in answer)
        for cases, found in zip(groups.values(), answers, strict=True)
        for case, answer in zip(cases, found, strict=True)
    ]


@pytest.mark.usefixtures("package")
def test_modules_agree_with_every_case_that_python_agrees_with(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every case of a schema in the subset has the suite's verdict; the rest is listed."""
    groups: dict[str, list[suite.Case]] = {}
    for case in suite.cases(where):
        if (case.file, case.group) not in OUTSIDE:
            groups.setdefault(f"{case.file}: {case.group}", []).append(case)
    wrong: list[str] = []
    agreed = asserted = inexact = 0
    for case, taken in verdicts({name: tuple(found) for name, found in groups.items()}):
        if taken == case.valid:
            agreed += 1
        elif case.file == "format" and case.group.removesuffix(" format") in ASSERTED:
            asserted += 1
        elif isinstance(case.data, int | float) and abs(case.data) >= EXACT:
            inexact += 1
        else:
            wrong.append(f"{case.file}: {case.group}: {case.test}")
    with capsys.disabled():
        print(  # noqa: T201 - how much was compared is part of the result
            f"\nJSON Schema Test Suite in TypeScript: {agreed} agree; exceptions: {asserted} of"
            f" asserted formats, {inexact} of whole numbers beyond 2^53 - 1"
        )

    assert wrong == []
    assert asserted == len(ASSERTED)
    assert inexact == INEXACT
    assert agreed > 400


@pytest.mark.usefixtures("package")
def test_formats_have_the_verdicts_of_python(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each case of the optional tests is taken by both languages, or by none."""
    if not (where / "optional" / "format").is_dir():
        pytest.skip("THE OPTIONAL TESTS OF FORMATS ARE NOT HERE, so TypeScript's were not compared")
    groups = {form.value: tuple(suite.format_cases(where, form.value)) for form in types.Format}
    models = {
        name: model_of(type_of(suite.as_payload({"type": "string", "format": name})))
        for name in groups
    }
    spelt = {
        name: tuple(_as_format(case, name) for case in cases) for name, cases in groups.items()
    }
    found = verdicts(spelt)
    wrong = [
        f"{case.file}: {case.test}: {case.data!r}"
        for case, taken in found
        if taken != producer_takes(models[case.file], {"value": case.data})
    ]
    for model in models.values():
        forget(model)
    with capsys.disabled():
        print(f"\nformats in TypeScript: {len(found)} cases as in Python")  # noqa: T201 - the result

    assert wrong == []
    assert len(found) > 300


def _as_format(case: suite.Case, name: str) -> suite.Case:
    schema = {"type": "string", "format": name}
    return suite.Case(name, case.group, case.test, schema, case.data, case.valid)

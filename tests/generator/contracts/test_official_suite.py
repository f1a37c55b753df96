"""The generated models mean what the official JSON Schema Test Suite says, case by case."""

from functools import cache
from pathlib import Path

import pytest

from clarivum_jobs.contract.payload import Payload
from tests.figures import say
from tests.generator.contracts import suite
from tests.generator.contracts.exceptions import ASSERTED, REFUSED
from tests.generator.contracts.models import (
    RefusedError,
    forget,
    model_of,
    producer_takes,
    type_of,
    worker_takes,
)

REASONS = {group: said for (said, _why), groups in REFUSED.items() for group in groups}


@pytest.fixture(scope="module")
def cases() -> tuple[suite.Case, ...]:
    """Return every case of every supported keyword."""
    where = suite.directory()
    if where is None:
        pytest.skip(
            "THE OFFICIAL JSON SCHEMA TEST SUITE IS NOT HERE, so nothing was compared with it: "
            "set JSON_SCHEMA_TEST_SUITE to a checkout of it"
        )
    return _cases(where)


@cache
def _cases(where: Path) -> tuple[suite.Case, ...]:
    return tuple(suite.cases(where))


def test_models_agree_with_every_case_but_the_listed(cases: tuple[suite.Case, ...]) -> None:
    """Every case of a schema in the subset has the suite's verdict; the rest is listed."""
    models: dict[tuple[str, str], type[Payload] | None] = {}
    wrong: list[str] = []
    agreed = refused = asserted = 0
    for case in cases:
        group = (case.file, case.group)
        if group not in models:
            models[group] = _model(case)
        model = models[group]
        if model is None:
            refused += 1
            continue
        document = {"value": case.data}
        if producer_takes(model, document) == case.valid:
            agreed += 1
        elif case.file == "format" and case.group.removesuffix(" format") in ASSERTED:
            asserted += 1
        else:
            wrong.append(f"{case.file}: {case.group}: {case.test}")
        if case.valid:
            assert worker_takes(model, document) or case.file == "format", case.id
    for model in models.values():
        if model is not None:
            forget(model)
    say(
        f"JSON Schema Test Suite: {len(cases)} cases of {len(suite.SUPPORTED)} keywords:"
        f" {agreed} agree; exceptions: {refused} of refused schemas,"
        f" {asserted} of asserted formats"
    )

    assert wrong == []
    assert asserted == len(ASSERTED)
    assert agreed > len(cases) / 2


def test_every_exception_is_one(cases: tuple[suite.Case, ...]) -> None:
    """A listed group is refused for its listed reason, and no other group is refused."""
    schemas = {(case.file, case.group): case.schema for case in cases}
    found = {}
    for group, schema in schemas.items():
        try:
            type_of(suite.as_payload(schema))
        except RefusedError as error:
            found[group] = error.reasons

    assert found.keys() == REASONS.keys()
    for group, said in REASONS.items():
        assert any(said in reason for reason in found[group]), (group, found[group])


def test_suite_is_whole(cases: tuple[suite.Case, ...]) -> None:
    """No supported keyword's file is empty."""
    assert {case.file for case in cases} == set(suite.SUPPORTED)


def _model(case: suite.Case) -> type[Payload] | None:
    if (case.file, case.group) in REASONS:
        return None
    return model_of(type_of(suite.as_payload(case.schema)))

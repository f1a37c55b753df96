"""What is not explained is told, and so is what is explained for nothing."""

from __future__ import annotations

import json
import re

import pytest

from tests.checkov.reasons import REASONS
from tests.checkov.verdict import complaints, failures, read

LOUD = {"check_id": "CKV_1", "check_name": "Ensure that it is quiet", "resource": "aws_a.b"}


def report(*failed: dict[str, str], passed: int = 3, unread: int = 0) -> object:
    """Return a report as checkov writes one."""
    summary = {"passed": passed, "failed": len(failed), "parsing_errors": unread}
    text = json.dumps({"summary": summary, "results": {"failed_checks": failed}})
    return json.loads(text)


def test_a_finding_without_a_reason_is_told() -> None:
    """With its place; one with a reason is not."""
    found = list(failures([report(LOUD), report({**LOUD, "check_id": "CKV_2"})]))

    assert complaints(found, {"CKV_2": "meant"}) == ["CKV_1: aws_a.b (Ensure that it is quiet)"]
    assert complaints(found, {"CKV_1": "meant", "CKV_2": "meant"}) == []


def test_reports_are_read_one_after_the_other_and_as_a_list() -> None:
    """As checkov writes them for several folders, and for several kinds of file."""
    text = f"{json.dumps(report(LOUD))}\n{json.dumps([report(), report(LOUD)])}\n"

    assert len(list(failures(read(text)))) == 2
    assert read("") == []


def test_a_reason_without_a_finding_is_told() -> None:
    """What was mended needs no excuse."""
    assert complaints([], {"CKV_1": "meant"}) == ["CKV_1: its reason is stale, it no longer fires"]


@pytest.mark.parametrize("lost", [report(passed=0), report(LOUD, unread=1), {"passed": 0}])
def test_a_report_of_nothing_is_no_good_report(lost: object) -> None:
    """Checkov ends well where it found nothing to read."""
    with pytest.raises(ValueError, match="did not read all"):
        list(failures([lost]))


def test_every_reason_is_of_a_check() -> None:
    """By its whole id, in words."""
    assert all(re.fullmatch(r"CKV2?_AWS_\d+", check) for check in REASONS)
    assert all(len(reason) > 30 for reason in REASONS.values())

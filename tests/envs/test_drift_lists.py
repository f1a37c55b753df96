"""The list of what is borne: one attribute an entry, needed, in its time, and readable."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from envs.drift.allowed import AllowListError, Entry, read, sort_out
from envs.drift.difference import Cause
from envs.drift.plan import differences
from tests.envs.test_drift_parts import NOW, PLAN

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"address": "a", "attribute": "b", "reason": "c", "owner": "d", "until": "2026-12-31"}


def entry(**changed: str) -> Entry:
    """Return an entry about the delay."""
    fields = {**GOOD, "address": "module.*.this", "attribute": "delay", **changed}
    return Entry.model_validate(fields)


def left(*entries: Entry) -> list[Cause]:
    """Return the causes of what nobody bears."""
    told = list(differences(PLAN, {}))
    return [d.cause for d in sort_out(told, entries, NOW.date())]


def test_an_entry_takes_away_one_attribute_and_must_be_needed_and_in_time() -> None:
    """Used: the difference is gone. Expired or unused: the entry itself is a finding."""
    assert left(entry()).count(Cause.HAND) == 0
    assert len(left(entry())) == len(left()) - 1
    assert left(entry(until="2026-11-28")).count(Cause.ENTRY) == 0
    for broken in (
        entry(until="2026-11-27"),
        entry(address="module.x"),
        entry(attribute="size2"),
        entry(address="module.a_job"),
    ):
        assert left(broken).count(Cause.ENTRY) == 1
        assert left(broken).count(Cause.HAND) == 1
    assert left(entry(), entry(attribute="other")).count(Cause.ENTRY) == 1


def test_a_second_entry_for_the_same_is_needed_by_nothing() -> None:
    """Neither its copy nor one that reaches further."""
    assert left(entry(), entry()).count(Cause.ENTRY) == 1
    assert left(entry(), entry(address="*")).count(Cause.ENTRY) == 1


def listed(folder: Path, text: str | bytes) -> str:
    """Return what is told of a list."""
    file = folder / "drift.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(AllowListError) as told:
        read(folder)
    return str(told.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b\n", ":1:1: error[drift-list]: this is no list of entries"),
        ("5\n", ":1:1: error[drift-list]: this is no list of entries"),
        ("- a\n", ":1:3: error[drift-list]: this is no list of entries"),
        ("- - a\n", ":1:3: error[drift-list]: this is no list of entries"),
        ("[" * 5000, ": error["),
        ("- address: &a [*a]\n", ": error["),
        ("[\n", ": error["),
        (b"- address: \xff\n", ":1:12: error[file-not-utf8]"),
    ],
)
def test_a_list_that_cannot_be_read_is_told(tmp_path: Path, text: str | bytes, told: str) -> None:
    """Nothing is borne by a list that nobody understands."""
    assert read(tmp_path) == ()
    said = listed(tmp_path, text)
    assert told in said
    assert "pydantic" not in said


@pytest.mark.parametrize("name", GOOD)
def test_each_part_of_an_entry_is_needed_and_judged_at_its_place(tmp_path: Path, name: str) -> None:
    """Left out, empty, misspelt, or something else than text."""

    def told(values: dict[str, str]) -> str:
        return listed(tmp_path, "\n  ".join(f"{key}: {v}" for key, v in values.items()).join(
            ("- ", "\n")))  # fmt: skip

    line = list(GOOD).index(name) + 1
    assert f"lacks `{name}`" in told({key: v for key, v in GOOD.items() if key != name})
    for value in ('""', "[1]", "{a: b}", ""):
        assert f"drift.yaml:{line}:" in told({**GOOD, name: value}), value
    misspelt = told({f"{key}x" if key == name else key: v for key, v in GOOD.items()})
    assert f"drift.yaml:{line}:3: error[drift-list]: an entry has no `{name}x`" in misspelt


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "9999-99-99", "x2026-01-01y",
                                 "20261231", "2026-12-31T00:00:00", "soon", "5"])  # fmt: skip
def test_an_end_is_a_day_that_there_is(tmp_path: Path, day: str) -> None:
    """Or an entry would never be over."""
    text = "".join(f"  {key}: {day if key == 'until' else v}\n" for key, v in GOOD.items())
    assert ":5:10: error[drift-list]: `until` is not right" in listed(tmp_path, f"-{text[1:]}")


@pytest.mark.parametrize("text", ["", "# nothing is borne\n", "[]\n"])
def test_a_list_may_be_empty(tmp_path: Path, text: str) -> None:
    """Whoever deleted the last entry need not delete the file."""
    (tmp_path / "drift.yaml").write_text(text, encoding="utf-8")
    assert read(tmp_path) == ()


def test_a_list_as_people_write_it_is_read(tmp_path: Path) -> None:
    """A day needs no quotes."""
    text = "- address: a.b\n  attribute: c\n  reason: r\n  owner: o\n  until: 2026-12-31\n"
    (tmp_path / "drift.yaml").write_text(text, encoding="utf-8")

    assert [(e.address, e.until) for e in read(tmp_path)] == [("a.b", dt.date(2026, 12, 31))]

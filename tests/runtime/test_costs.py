"""What one message costs, in counts: they say on any machine whether it got slower."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clarivum_jobs import Producer
from clarivum_jobs.contract import payload as payloads
from clarivum_jobs.privacy import glance, marks, redactor
from clarivum_jobs.privacy.redactor import Redactor
from clarivum_jobs.privacy.sensitive import cleaned, cleaned_line, cleaned_output, hiding
from clarivum_jobs.privacy.spellings import spellings
from tests.runtime.bench import SENDING, Bench, body, record
from tests.runtime.fakes import FakeSqs
from tests.runtime.samples import sample

MANY = 7


def counted(patch: pytest.MonkeyPatch, owner: object, name: str) -> list[str]:
    """Let a function or method note each of its calls, and return the notes."""
    inner, calls = getattr(owner, name), list[str]()

    def noting(*arguments: object, **named: object) -> object:
        calls.append(name)
        return inner(*arguments, **named)

    patch.setattr(owner, name, noting)
    return calls


def test_a_message_costs_two_writes_and_no_read() -> None:
    """One claims and begins, one ends: whatever else is wanted must fit into them."""
    bench = Bench()

    for number in range(MANY):
        bench.run(record(body(copy_no=number + 1), f"m-{number}"))

    assert bench.table.calls == ["update_item", "update_item"] * MANY
    assert bench.sqs.calls == []


def test_a_models_types_are_read_once_however_many_messages_come() -> None:
    """Marks and absent fields are found out for the model, not for the message."""
    plans = (marks.fields_of, payloads._absentees, payloads.attributes_of)  # noqa: SLF001 - the caches are the point
    bench = Bench()
    bench.run(record(body(home={"street": "Long Lane 7"}), "m-0"))
    before = [plan.cache_info().misses for plan in plans]

    for number in range(MANY):
        home = {"street": f"Long Lane {number}"}
        bench.run(record(body(copy_no=number + 2, home=home), f"m-{number}"))

    assert [plan.cache_info().misses for plan in plans] == before


def test_a_payload_is_written_once_and_read_once_when_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was proven to be readable is what is sent; the other text is that of the key."""
    written = counted(monkeypatch, json.JSONEncoder, "encode")
    producer = Producer(SENDING, cast("Any", FakeSqs()))

    for number in range(MANY):
        producer.enqueue(sample(copy_no=number + 1))

    of_the_samples = MANY
    assert len(written) - of_the_samples == 2 * MANY


def test_values_are_spelt_once_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was hidden a moment ago is hidden by what was made for it then."""
    spelt = counted(monkeypatch, redactor, "spellings")

    for _ in range(MANY):
        with hiding(frozenset({"ada@customer.example"})):
            pass

    assert len(spelt) == MANY


def test_a_line_that_shows_nothing_is_not_read_sign_by_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the usual line only the beginnings of values are looked for."""
    read = counted(monkeypatch, Redactor, "_spans")
    for _ in range(MANY + 1):  # what tests before hid is forgotten
        with hiding(frozenset()):
            pass
    line = {"level": "INFO", "message": "job done", "traceparent": "00-ffff-eeee-01", "n": 1.5}

    with hiding(frozenset({"ada.lovelace@customer.example"})):
        for _ in range(MANY):
            cleaned_line(line)
        assert read == []

        cleaned_line({**line, "message": "for ada.lovelace@customer.example"})
        assert read != []


_VALUES = st.one_of(
    st.sampled_from(["ada@x.example", "İstanbul straße", "ΟΔΟΣ", "a b", "42", "x" * 90, "ada"]),
    st.text(min_size=1, max_size=80),
)
_PLACES = st.tuples(st.integers(0, 200), st.integers(0, 40), st.integers(1, 90))


@settings(max_examples=150, deadline=None)
@given(values=st.lists(_VALUES, min_size=1, max_size=4), data=st.data())
def test_a_glance_passes_over_nothing_that_reading_would_find(
    values: list[str], data: st.DataObject
) -> None:
    """Whatever spelling, or part of one, stands wherever: cleaned as if there were no glance."""
    forms = sorted({form for value in values for form in spellings(value)})
    texts = []
    for which, start, length in data.draw(st.lists(_PLACES, max_size=4)):
        form = forms[which % len(forms)]
        part = form[min(start, len(form) // 2) :][:length]
        texts.append(data.draw(st.sampled_from(["", "", "-", " . "])).join(part))
        texts.append(data.draw(st.text('aA. -_\n"İΣσ€\ud800', max_size=6)))
    text = data.draw(st.sampled_from(["", " ", ".", "x"])).join(texts)
    line = {"message": text, "inner": {text[:9]: [*texts, 1, None]}, "level": "INFO"}

    with pytest.MonkeyPatch.context() as patch, hiding(frozenset(values)):
        quick = cleaned_output(text), cleaned_line(line)
        patch.setattr(glance.Beginnings, "may_stand_in", lambda *_: True)
        slow = cleaned_output(text), cleaned(line, cleaned_output)

    assert quick == slow

"""Values are hidden in the spellings of headers, dumps, forms and people, too."""

import base64
import csv
import datetime as dt
import html
import io
import json
import shlex
import uuid
from collections.abc import Callable
from typing import Annotated, ClassVar
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clarivum_jobs import JobContract, Payload
from clarivum_jobs.contract.formats import Date, DateTime, Sensitive, Uuid
from clarivum_jobs.privacy.sensitive import HIDDEN, Redactor, sensitive_values


def _in_a_table(text: str) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([text, "1"])
    return written.getvalue().removesuffix(",1\r\n")


def _in_base64(before: int) -> Callable[[str], str]:
    return lambda text: base64.b64encode(b"u" * before + text.strip().encode() + b":").decode()


WAYS: dict[str, Callable[[str], str]] = {
    "stripped": str.strip,
    "capitals": str.upper,
    "case folded": str.casefold,
    "hexadecimal": lambda text: text.encode().hex(),
    "basic authorisation, one letter before": _in_base64(1),
    "basic authorisation, two letters before": _in_base64(2),
    "basic authorisation, three letters before": _in_base64(3),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16")).decode(),
    "base64 of UTF-16, big end first": lambda text: base64.b64encode(
        text.encode("utf-16-be")
    ).decode(),
    "hexadecimal of UTF-16": lambda text: text.encode("utf-16-le").hex(),
    "bytes of UTF-16": lambda text: repr(text.encode("utf-16-le")),
    "UTF-16 read as Latin-1": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "UTF-7": lambda text: text.encode("utf-7").decode("ascii"),
    "base32": lambda text: base64.b32encode(text.encode()).decode(),
    "base85": lambda text: base64.b85encode(text.encode()).decode(),
    "base64 without its end": lambda text: (
        base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    ),
    "XML": lambda text: html.escape(text).replace("&#x27;", "&apos;"),
    "markup of other libraries": lambda text: (
        html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    ),
    "character references": lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
    "JSON three times": lambda text: json.dumps(json.dumps(json.dumps(text))),
    "representation of one": lambda text: repr(repr(text)),
    "a URL in a URL": lambda text: quote(quote(text, safe=""), safe=""),
    "a table": _in_a_table,
    "SQL": lambda text: text.replace("'", "''"),
    "a shell": shlex.quote,
    "lines": lambda text: text.replace(" ", "\n    "),
    "spaced": " ".join,
}
VALUES = st.text(alphabet="QXZJß '\"&<\n", min_size=12, max_size=60).filter(
    lambda text: sum(map(str.isalnum, text.casefold())) >= 8
)


@given(VALUES, st.sampled_from(sorted(WAYS)))
def test_text_is_hidden_however_it_is_written(value: str, way: str) -> None:
    """Of its letters and digits a few at the ends may be left, where base64 mixes them."""
    cleaned = Redactor({value}).clean(f"(({WAYS[way](value)}))")

    assert HIDDEN in cleaned, WAYS[way](value)
    assert sum(map(str.isalnum, cleaned.replace(HIDDEN, ""))) <= 8, cleaned


class Person(Payload):
    """Values that are no text."""

    contract: ClassVar[JobContract] = JobContract(name="person", version=1, key=("number",))
    number: Annotated[int, Sensitive()]
    share: Annotated[float, Sensitive()]
    phone: Annotated[str, Sensitive()]
    born: Annotated[Date, Sensitive()]
    seen: Annotated[DateTime, Sensitive()]
    ident: Annotated[Uuid, Sensitive()]


def _ways_of(person: Person) -> list[str]:
    number, born, seen = person.number, person.born, person.seen
    grouped = [f"{number:{mark}}" for mark in ",_"]
    grouped += [grouped[0].replace(",", mark) for mark in ".' "]
    grouped += [f"{number:.2f}", f"{number:e}", hex(number), f"{person.share:.2f}"]
    grouped += [f"{person.share:,.2f}", f"{person.share}".replace(".", ",")]
    digits = "".join(filter(str.isdecimal, person.phone))
    days = [born.strftime(f"%{one}{mark}%{two}{mark}%Y") for one in "dm" for two in "dm"
            for mark in "./- " if one != two]  # fmt: skip
    days += [born.strftime(form) for form in ("%Y%m%d", "%Y/%m/%d", "%d %B %Y", "%b %d, %Y")]
    days += [f"{born.day}.{born.month}.{born.year}", f"{born.month}/{born.day}/{born.year}"]
    seconds = int(seen.timestamp())
    return [
        *(*grouped, *days, f"+{digits}", f"00{digits}", "-".join(digits)),
        *(str(seconds), str(seconds * 1000), seen.ctime(), seen.strftime("%d.%m.%Y")),
        *(
            str(person.ident.int),
            base64.b64encode(person.ident.bytes).decode(),
            str(person.ident).upper(),
        ),
    ]


@given(
    st.builds(
        Person,
        number=st.integers(10**6, 10**15),
        share=st.integers(10**7, 10**12).map(lambda cents: cents / 100),
        phone=st.integers(10**8, 10**11).map(lambda n: f"+49 ({str(n)[:3]}) {str(n)[3:]}"),
        born=st.dates(dt.date(1900, 1, 1), dt.date(2090, 12, 31)),
        seen=st.datetimes(
            dt.datetime(1980, 1, 1),  # noqa: DTZ001 - made aware by the time zone
            dt.datetime(2090, 1, 1),  # noqa: DTZ001 - likewise
            timezones=st.just(dt.UTC),
        ),
        ident=st.uuids(version=4),
    ),
    st.data(),
)
def test_numbers_and_days_are_hidden_however_they_are_written(
    person: Person, data: st.DataObject
) -> None:
    """Grouped, in another order, as seconds, with a word for the month."""
    written = data.draw(st.sampled_from(_ways_of(person)))
    cleaned = Redactor(sensitive_values(person)).clean(f"(({written}))")

    assert HIDDEN in cleaned, written
    assert sum(map(str.isalnum, cleaned.replace(HIDDEN, ""))) <= 3, cleaned


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("ideate", "they decide at every turn"),
        ("12345", "at 12:34:56"),
        ("open", "o p e n"),
    ],
)
def test_what_merely_resembles_a_value_is_left(value: str, text: str) -> None:
    """Letters of neighbouring words make no value, and short ones need their own spelling."""
    assert Redactor({value}).clean(text) == text


def test_a_large_payload_is_known_in_the_usual_spellings_alone() -> None:
    """The cost is bounded: the shortest values come first."""
    values = {f"{number:04}-{uuid.UUID(int=number).hex}" for number in range(2000)}
    redactor = Redactor({*values, "a short value"})

    assert redactor.clean("A.SHORT.VALUE") == HIDDEN
    assert redactor.clean(min(values)) == HIDDEN


SECRETS = st.text(alphabet="aB3xQ9_-~!/ü", min_size=6, max_size=30).filter(
    lambda text: sum(map(str.isalnum, text)) >= 6
)


@given(SECRETS, SECRETS, SECRETS)
def test_what_a_url_carries_is_hidden_without_it(password: str, token: str, key: str) -> None:
    """Its password, a parameter's value, its fragment: as they stand there, and decoded."""
    query = urlencode({"n": "1", "token": token})
    url = f"https://me:{quote(password, safe='')}@db.example.org/x?{query}#{quote(key, safe='')}"
    redactor = Redactor({url})

    for told in (password, token, key, query, quote(password, safe=""), quote_plus(token)):
        assert redactor.clean(f"with {told} refused") == f"with {HIDDEN} refused"
    assert redactor.clean("page 1 of db.example.org/y") == "page 1 of db.example.org/y"

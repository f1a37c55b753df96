"""The generator's idea of a format is the run-time library's, and both have the RFCs'."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from clarivum_jobs.contract import formats
from generator.contracts.comparison.scalars import implies, of_numbers, of_texts
from generator.contracts.formats import is_formatted
from generator.contracts.lengths import EXTREMES
from generator.contracts.types import Format, Number, String

ROOT = Path(__file__).parents[2]
TYPES = {
    Format.UUID: formats.Uuid,
    Format.EMAIL: formats.Email,
    Format.URI: formats.Uri,
    Format.URI_REFERENCE: formats.UriReference,
    Format.HOSTNAME: formats.Hostname,
    Format.IPV4: formats.Ipv4,
    Format.IPV6: formats.Ipv6,
    Format.JSON_POINTER: formats.JsonPointer,
    Format.REGEX: formats.Regex,
    Format.DATE: formats.Date,
    Format.TIME: formats.Time,
    Format.DATE_TIME: formats.DateTime,
    Format.DURATION: formats.Duration,
}
RIGHT = {
    Format.UUID: ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5D"],
    Format.EMAIL: [
        *("ada@example.com", "a.b+c@x-y.example", "o'hara@example.org", '"a b"@example.com'),
        *('"a..b"@example.com', '"a@b"@example.com', '"\\""@b.example', "a@[192.0.2.1]"),
        "a@[IPv6:2001:db8::1]",
    ],
    Format.URI: [
        *("https://example.com/a?b=c#d", "urn:isbn:123", "mailto:a@b.example", "x:%20", "x:"),
        *("http://[::1]:80/", "http://[v1.a:b]/", "http://a:b@c:/", "x:/", "file:///a", "x:?#"),
    ],
    Format.URI_REFERENCE: ["", "a", "/a", "//a/b", "?a", "#a", "./a:b", "x:y", "//", "a/b:c"],
    Format.HOSTNAME: ["a", "1host", "a-b.c", f"{'a' * 63}.com", "xn--9n2bp8q.example", "a--b.c"],
    Format.IPV4: ["0.0.0.0", "255.255.255.255", "10.2.30.4"],  # noqa: S104 - nothing is bound to it
    Format.IPV6: ["::", "::1", "1:2:3:4:5:6:7:8", "2001:DB8::", "::ffff:192.0.2.1"],
    Format.JSON_POINTER: ["", "/", "/a/0", "/~0~1", "/a//b", "/ ", "/\u00e9\n"],
    Format.REGEX: [
        *(
            "",
            "a",
            "^a$",
            "(a|b)*",
            "(?:a)",
            "(?=a)b",
            "(?<=a)b",
            "(?<n>a)\\k<n>",
            "(a)\\1",
            "a{2}",
        ),
        *(
            "a{2,}?",
            "a{1,2}",
            "[]",
            "[^]",
            "[a-z]",
            "[a-]",
            "[\\w-]",
            "[\\]]",
            "\\p{L}",
            "\\u{1F600}",
        ),
        *(
            "\\cA",
            "\\0",
            "[\\b]",
            ".",
            "\\/",
            "\\d+",
            "日",
            "\\bx\\B",
            "|",
            "(?!)",
            "[a-c-e]",
            "[--0]",
        ),
    ],
    Format.DATE: ["2026-01-31", "2024-02-29"],
    Format.TIME: [
        *("09:30:00Z", "23:59:59.123456-11:30", "00:00:00z", "09:30:00.123456789Z"),
        *("23:59:60Z", "15:59:60.5-08:00", "01:29:60+01:30", "09:30:00.1234567890123456789Z"),
    ],
    Format.DATE_TIME: [
        *("2026-01-31T09:30:00Z", "2026-01-31T09:30:00.5+02:00", "2026-01-31t09:30:00z"),
        *("2026-01-31T09:30:00.123456789Z", "2016-12-31T23:59:60Z"),
    ],
    Format.DURATION: ["P1D", "PT1H30M", "P1Y2M3DT4H5M6S", "P4W", "PT36S"],
}
WRONG = {
    Format.UUID: ["", "7f3d2c1a", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5g"],
    Format.EMAIL: [
        *("", "a", "a@b", "@b.example", "a@@b.example", "a b@c.example", ".a@b.example"),
        *("a@-b.example", "a@b..example", f"{'a' * 65}@b.example", f"a@{'c.' * 130}d"),
        *('"a@b.example', '"a"b"@c.example', '"a\\"@b.example', "a@[127.0.0.300]", "a@[::1]"),
        *("a@[IPv6:127.0.0.1]", "a@[]", "é@b.example", '"é"@b.example', "a@b.example\n"),
    ],
    Format.URI: [
        *("", "a", "/path", "http://a b", "1x:y", "http://x:0/", "http://x:99999/", "x:%2"),
        *("http:/[::1]", "http://[::1", "http://[1.2.3.4]/", "http://a@b@c/", "x:a#b#c", "x:é"),
        *("http://x:1000080/", "x:\\", "x:\n", "//a", "http://x:a/"),
    ],
    Format.URI_REFERENCE: [
        "\\\\a",
        "#a\\b",
        "/%zz",
        '/a"b',
        "1:b",
        "//a:b",
        "/[::1]",
        "a b",
        "/a\n",
    ],
    Format.HOSTNAME: [
        *("", ".", ".a", "a.", "-a", "a-", "a_b", f"{'a' * 64}.com", "a.com\n", "é.example"),
        *(".".join(["a" * 63] * 4), "ab--c.example", "\u212aelvin"),
    ],
    Format.IPV4: [
        "",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        " 1.2.3.4",
        "1.2.3.4\n",
        "\uff11.2.3.4",
    ],
    Format.IPV6: ["", "1", "1::2::3", "::1%eth0", "::/64", ":::", "12345::", "::1.2.3.04", "[::1]"],
    Format.JSON_POINTER: ["a", "#", "/~", "/~2", "a/b", "~0"],
    Format.REGEX: [
        *("(", ")", "[", "a**", "*", "a{2,1}", "{", "}", "]", "a{", "\\", "(?a)", "(?<n>a)(?<n>b)"),
        *(
            "\\k<n>",
            "\\1",
            "(a)\\2",
            "[b-a]",
            "[a",
            "\\a",
            "\\Z",
            "^*",
            "(?=a)*",
            "[\\d-z]",
            "\\u{110000}",
        ),
        *(
            "\\c1",
            "\\01",
            "a{1}{2}",
            "\\p{",
            "(?",
            "\\b+",
            "[\\",
            "\\" + "9" * 5000,
            "a{" + "9" * 5000 + ",1}",
        ),
    ],
    Format.DATE: ["", "2026-02-30", "2026-1-1", "31.01.2026"],
    Format.TIME: [
        *("", "09:30:00", "24:00:00Z", "9:30:00Z", "09:30Z", "09:30:00+25:00", "09:30:00+01:60"),
        *("09:30:60Z", "23:59:61Z", "22:59:60Z", "23:59:60+01:00", "09:30:00.Z", "23:60:00Z"),
    ],
    Format.DATE_TIME: [
        *("", "2026-01-31T09:30:00", "2026-01-31T25:00:00Z", "2026-01-31 09:30:00Z"),
        *("2026-01-31", "20260131T093000Z", "1769851800", "2026-01-31T09:30:00+10:60"),
        *("2026-02-30T09:30:00Z", "2026-01-31T23:58:60Z", "2026-01-31T09:30:00Z\n"),
    ],
    Format.DURATION: ["", "P", "PT", "P1H", "P1DT", "P1W2D", "1D", "P1YT5S6H", "-P1D"],
}


def accepts(text: str, form: Format) -> bool:
    """Say whether the run-time library reads text in a format, and writes what it has read."""
    adapter: TypeAdapter[object] = TypeAdapter(TYPES[form])
    try:
        value = adapter.validate_json(json.dumps(text), strict=True)
    except ValidationError:
        return False
    written = adapter.dump_json(value)
    assert adapter.dump_json(adapter.validate_json(written, strict=True)) == written
    return True


@pytest.mark.parametrize("form", list(Format))
def test_both_accept_and_both_refuse(form: Format) -> None:
    """A default or a schedule's payload that passes here is accepted by the worker, no other."""
    for text in RIGHT[form] + WRONG[form]:
        assert accepts(text, form) == is_formatted(text, form) == (text in RIGHT[form]), text


@pytest.mark.parametrize("form", list(Format))
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_both_judge_any_text_alike(form: Format, data: st.DataObject) -> None:
    """Right texts with a piece of another in them, or without a piece of their own."""
    known = st.sampled_from(RIGHT[form] + WRONG[form])
    text, other = data.draw(known), data.draw(known | st.text(max_size=3))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mixed = text[:start] + other[:40] + text[end:]

    assert accepts(mixed, form) == is_formatted(mixed, form)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_said_of_two_formats_holds_for_any_text(data: st.DataObject) -> None:
    """Where one is taken to be part of another, no text of it is not of the other."""
    given_, asked = data.draw(st.sampled_from([(a, b) for a in Format for b in Format]))
    text = data.draw(st.sampled_from(RIGHT[given_]))
    piece = data.draw(st.text("/?#:@[]%.-a1", max_size=4))
    at = data.draw(st.integers(0, len(text)))
    mixed = text[:at] + piece + text[at:]

    assert implies(given_, given_)
    if implies(given_, asked):
        assert not is_formatted(mixed, given_) or is_formatted(mixed, asked)


def test_a_format_that_is_part_of_another_is_read_as_it() -> None:
    """An address is a reference as well, and not every reference an address."""
    address, reference = (String(format=f) for f in (Format.URI, Format.URI_REFERENCE))

    assert list(of_texts(address, reference)) == []
    assert [rule for rule, _ in of_texts(reference, address)] == ["payload-format-changed"]


@pytest.mark.parametrize("most", [10**21, 10**308, 10**4000, 123456789 * 10**30])
def test_a_very_large_bound_is_told_in_few_digits(most: int) -> None:
    """A person reads its power of ten; it is no number that a float must hold."""
    ((_, message),) = of_numbers(Number(integer=False), Number(integer=False, maximum=most))

    assert "E+" in message
    assert len(message) < 60


@pytest.mark.parametrize("form", list(Format))
def test_extremes_are_in_their_format_and_nothing_shorter_is(form: Format) -> None:
    """What is taken for granted about lengths holds for every text that is right."""
    shortest, longest = EXTREMES[form]
    for text in (shortest, longest):
        assert text is None or is_formatted(text, form), text
    for text in RIGHT[form]:
        assert len(shortest) <= len(text) <= (len(longest) if longest is not None else len(text))


@pytest.mark.parametrize("name", ["text_formats", "ecma_syntax"])
def test_the_judges_of_both_are_one_text(name: str) -> None:
    """Neither side imports the other, so the code stands twice."""
    ours = (ROOT / "generator" / "contracts" / f"{name}.py").read_bytes()

    assert ours == (ROOT / "lambdas" / "clarivum_jobs" / "contract" / f"{name}.py").read_bytes()

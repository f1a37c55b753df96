"""Payloads are strict, and what is said about bad ones holds nothing of them."""

import datetime as dt
import uuid
from typing import Literal

import pydantic
import pytest

from clarivum_jobs.contract.formats import DateTime, Email, Uri, Uuid
from clarivum_jobs.contract.payload import PayloadObject
from clarivum_jobs.contract.violations import violations
from clarivum_jobs.core.errors import InvalidPayloadError
from clarivum_jobs.privacy.sensitive import Redactor, cleaned, hiding, sensitive_values
from tests.runtime.samples import ADDRESS, Sample, document, sample


class Formats(PayloadObject):
    """One field of each format."""

    email: Email | None = None
    uri: Uri | None = None
    uuid: Uuid | None = None
    time: DateTime | None = None


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "o'neil+x@mail.customer.example"),
        ("uri", "https://clarivum.example:8443/a%20b?q=1#top"),
        ("uri", "mailto:a@b.example"),
        ("uri", "http://[::1]/"),
        ("uuid", "0B6F5D1E-3C1B-4F7E-9A50-6F0F4F3A9D10"),
        ("time", "2026-01-01T00:00:00+02:00"),
    ],
)
def test_format_takes_what_it_should(field: str, text: str) -> None:
    """Good text is taken from JSON."""
    read = Formats.model_validate_json(f'{{"{field}": "{text}"}}')

    assert read.model_fields_set == {field}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "Ada <ada@b.example>"),
        ("email", "ada@b.example, eve@b.example"),
        ("email", "ada@b.example\\nBcc: eve@b.example"),
        ("email", "ada@localhost"),
        ("email", f"{'a' * 65}@b.example"),
        ("uri", "/relative"),
        ("uri", "https://a b"),
        ("uri", "https://host:99999/"),
        ("uri", "https://ä.example/"),
        ("uri", "http://[::1/"),
        ("uuid", "0b6f5d1e"),
        ("time", "2026-01-01T00:00:00"),
    ],
)
def test_format_refuses_what_it_should(field: str, text: str) -> None:
    """Bad text is refused, and the message does not quote it."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Formats.model_validate_json(f'{{"{field}": "{text}"}}')

    (said,) = violations(caught.value, Formats)
    assert said.startswith(f"{field}: ")
    assert text not in said


def test_payload_is_neither_changed_nor_converted() -> None:
    """A payload is frozen, and text is no number."""
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        sample().copy_no = 2  # type: ignore[misc]
    with pytest.raises(InvalidPayloadError, match="valid integer"):
        Sample(lead_id=uuid.uuid4(), email=ADDRESS, copy_no="2")  # type: ignore[arg-type]


def test_a_payload_of_wrong_values_raises_what_sending_it_would() -> None:
    """One error with the job's name and every place, none of the values, and no cause that has."""
    with pytest.raises(InvalidPayloadError) as caught:
        Sample(lead_id=ADDRESS, email=ADDRESS, copy_no=ADDRESS, more=1)  # type: ignore[call-arg,arg-type]

    error = caught.value
    assert (error.job, error.code) == (Sample.contract.name, "invalid_payload")
    places = {violation.partition(":")[0] for violation in error.violations}
    assert places == {"lead_id", "copy_no", "more"}
    assert ADDRESS not in str(error)
    assert error.__cause__ is None

    class Inner(PayloadObject):
        number: int

    with pytest.raises(InvalidPayloadError, match="Inner"):
        Inner(number="x")  # type: ignore[arg-type]


def test_property_that_was_not_given_is_left_out_of_the_json() -> None:
    """JSON Schema tells a missing property from null; defaults are written out."""
    assert sample().model_dump(mode="json") == {**document(), "copy_no": 1, "others": []}


def test_sensitive_fields_do_not_show_in_a_payloads_own_text() -> None:
    """Whoever prints a payload prints no address."""
    assert ADDRESS not in repr(sample())


def test_sensitive_values_are_found_at_any_depth() -> None:
    """Marks on fields, inside objects and inside lists all count; optional ones too."""
    payload = sample(home={"street": "Long Lane 7"}, others=["eve@customer.example"], note="free")

    assert sensitive_values(payload) == {ADDRESS, "Long Lane 7", "eve@customer.example"}


def test_hidden_values_disappear_from_anything_like_json() -> None:
    """Texts, lists and maps are cleaned; numbers and short words only where they stand alone."""
    with hiding(frozenset({"Long Lane", "42", "ab"})):
        shown = cleaned({"a": ["in long lane", 42, 420, True, None], "b": "ab cab", "attempt": 42})

    hidden = "[hidden]"
    assert shown == {
        "a": [f"in {hidden}", hidden, 420, True, None],
        "b": f"{hidden} cab",
        "attempt": 42,
    }
    assert cleaned("long lane") == "long lane"


def test_longer_value_is_hidden_before_the_shorter_one_inside_it() -> None:
    """No rest of the longer value stays behind."""
    redactor = Redactor(frozenset({"lane", "lane seven"}))

    assert redactor.clean("Lane Seven, lane") == "[hidden], [hidden]"


def test_message_that_would_quote_the_input_names_its_kind_only() -> None:
    """A tag that nobody knows is data."""

    class Cat(PayloadObject):
        kind: Literal["cat"]

    class Dog(PayloadObject):
        kind: Literal["dog"]

    class Pet(PayloadObject):
        pet: Cat | Dog = pydantic.Field(discriminator="kind")

    with pytest.raises(pydantic.ValidationError) as caught:
        Pet.model_validate({"pet": {"kind": ADDRESS}})

    assert violations(caught.value, Pet) == ("pet: union_tag_invalid",)


def test_what_is_wrong_with_a_date_is_told_without_the_date() -> None:
    """The cause is told in words, the text that was given is not."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Formats.model_validate_json('{"time": "2026-13-77T00:00:00Z"}')

    (said,) = violations(caught.value, Formats)
    assert "not a moment" in said
    assert "77" not in said


def test_name_nobody_declared_is_not_repeated() -> None:
    """The keys of a map may be data."""

    class Map(PayloadObject):
        scores: dict[str, int]

    with pytest.raises(pydantic.ValidationError) as caught:
        Map.model_validate({"scores": {ADDRESS: "x"}})

    assert violations(caught.value, Map) == ("scores.*: Input should be a valid integer",)


def test_moment_keeps_its_zone() -> None:
    """A moment without an offset is refused, with one it is a moment."""
    read = Formats.model_validate_json('{"time": "2026-01-01T00:00:00Z"}')

    assert read.time == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

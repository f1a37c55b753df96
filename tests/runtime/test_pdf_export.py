"""A document is stored in the form that was asked for, and its link is mailed to who asked."""

import json
import uuid
from collections.abc import Iterator
from typing import Literal

import pytest

from clarivum_jobs import PermanentError, RetryAfter
from generated.payloads.email_fulfillment import EmailFulfillment
from generated.payloads.pdf_export import PdfExport
from handlers.pdf_export import handle
from handlers.support.party import PartyError
from tests.runtime.fakes import FakeS3
from tests.runtime.handler_support import attempt
from tests.runtime.test_documents import BOOK
from tests.runtime.website import Answer, Site, serving

NUMBER = uuid.UUID(int=7)
PATH = f"/api/documents/{NUMBER}"
KEY = f"documents/{NUMBER}/{'f' * 16}"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Return a site with one document."""
    with serving(Site()) as served:
        served.answers[PATH] = (200, {}, json.dumps({"data": BOOK}).encode())
        monkeypatch.setenv("SITE_URL", served.url)
        monkeypatch.setenv("DATA_BUCKET", "data")
        yield served


@pytest.fixture(autouse=True)
def mails(monkeypatch: pytest.MonkeyPatch) -> list[EmailFulfillment]:
    """Return the mails that are enqueued."""
    sent: list[EmailFulfillment] = []
    monkeypatch.setattr("handlers.pdf_export.enqueue", sent.append)
    return sent


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("form", "kind", "begin"),
    [("pdf", "application/pdf", b"%PDF-"), ("epub", "application/epub+zip", b"PK")],
)
def test_document_is_stored_and_its_place_is_mailed(
    bucket: FakeS3,
    mails: list[EmailFulfillment],
    form: Literal["pdf", "epub"],
    kind: str,
    begin: bytes,
) -> None:
    """Under a name of the request's own; the mail names the place and no address."""
    handle(PdfExport(document_id=NUMBER, format=form, recipient="ada@customer.example"), attempt())

    stored = bucket.model.objects["data", f"{KEY}.{form}"]
    assert (stored.kind, stored.body[: len(begin)]) == (kind, begin)
    (mail,) = mails
    assert (mail.template, mail.document, mail.link) == ("document", f"{KEY}.{form}", None)
    assert mail.to == "ada@customer.example"


@pytest.mark.usefixtures("site")
def test_second_attempt_asks_for_the_same_mail(
    bucket: FakeS3, mails: list[EmailFulfillment]
) -> None:
    """So that it is sent once, and no duplicate with other content is told."""
    for _ in range(2):
        handle(PdfExport(document_id=NUMBER, format="epub", recipient="a@b.example"), attempt())

    assert mails[0] == mails[1]
    assert len(bucket.model.objects) == 1


@pytest.mark.usefixtures("site")
def test_without_recipient_nothing_is_mailed(bucket: FakeS3, mails: list[EmailFulfillment]) -> None:
    """The document is stored all the same."""
    handle(PdfExport(document_id=NUMBER, format="epub"), attempt())

    assert mails == []
    assert len(bucket.model.objects) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((404, {}, b""), PermanentError),
        ((200, {}, b'{"data": null}'), PermanentError),
        ((403, {}, b""), PartyError),
        ((500, {}, b""), PartyError),
        ((429, {"Retry-After": "4"}, b""), RetryAfter),
        ((200, {}, b"{"), PartyError),
        ((200, {}, b"[]"), PartyError),
        ((200, {}, b'{"data": {"title": "no sections"}}'), PartyError),
        ((302, {"Location": "/elsewhere"}, b""), PermanentError),
    ],
)
def test_answer_of_the_content_api_decides_about_another_attempt(
    site: Site, bucket: FakeS3, answer: Answer, error: type[Exception]
) -> None:
    """Nothing is stored and nothing mailed."""
    site.answers[PATH] = answer

    with pytest.raises(error):
        handle(PdfExport(document_id=NUMBER, format="pdf", recipient="a@b.example"), attempt())
    assert bucket.model.objects == {}


def test_fields_of_strapi_4_are_read_too(site: Site, bucket: FakeS3) -> None:
    """They lie one level deeper."""
    body = {"data": {"id": 1, "attributes": BOOK}}
    site.answers[PATH] = (200, {}, json.dumps(body).encode())

    handle(PdfExport(document_id=NUMBER, format="epub"), attempt())
    assert len(bucket.model.objects) == 1

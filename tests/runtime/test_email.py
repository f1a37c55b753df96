"""One mail goes out with the words of its template, or the reason why it never will is known."""

import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from clarivum_jobs import PermanentError
from clarivum_jobs.core import clients
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.email_fulfillment import handle
from handlers.support.ses import SandboxedError
from tests.runtime.fakes import FakeSes, refusal
from tests.runtime.handler_support import attempt

LINK = "https://clarivum.example/receipts/1?a=1&b=2"
PAYLOAD = EmailFulfillment(
    email_id=uuid.UUID(int=1),
    to="ada@customer.example",
    template="receipt",
    sender="receipts",
    link=LINK,
)
_UNVERIFIED = (
    "Email address is not verified. The following identities failed the check in region EU-WEST-1: "
)


@pytest.fixture(autouse=True)
def ses(monkeypatch: pytest.MonkeyPatch) -> FakeSes:
    """Return the mail service that the handler uses."""
    fake = FakeSes()
    monkeypatch.setattr("clarivum_jobs.core.clients.ses", lambda: fake)
    monkeypatch.setenv("MAIL_DOMAIN", "clarivum.example")
    return fake


def test_mail_goes_to_its_one_recipient_with_the_key_on_it(ses: FakeSes) -> None:
    """Sender, recipient, words in both forms and key are as the payload and the attempt say."""
    handle(PAYLOAD, attempt())

    (mail,) = ses.mails
    assert mail["FromEmailAddress"] == "receipts@clarivum.example"
    assert mail["Destination"] == {"ToAddresses": ["ada@customer.example"]}
    said = mail["Content"]["Simple"]
    assert said["Subject"]["Data"] == "Your receipt from Clarivum"
    assert f"\n{LINK}\n" in said["Body"]["Text"]["Data"]
    assert 'href="https://clarivum.example/receipts/1?a=1&amp;b=2"' in said["Body"]["Html"]["Data"]
    assert mail["EmailTags"] == [
        {"Name": "idempotency-key", "Value": "f" * 64},
        {"Name": "template", "Value": "receipt-1"},
    ]


def test_stored_document_is_led_to_by_an_address_signed_now(
    ses: FakeSes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By signature version 4, at the bucket's own region, for half a day."""
    for name, value in (("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "word")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("DATA_BUCKET", "papers")
    clients.s3.cache_clear()

    handle(_document("documents/1/book.pdf"), attempt())

    clients.s3.cache_clear()
    text = ses.mails[0]["Content"]["Simple"]["Body"]["Text"]["Data"]
    (link,) = (line for line in text.splitlines() if line.startswith("https:"))
    parts = urlsplit(link)
    signed = parse_qs(parts.query)
    assert parts.netloc == "papers.s3.eu-west-1.amazonaws.com"
    assert parts.path == "/documents/1/book.pdf"
    assert signed["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert signed["X-Amz-Expires"] == ["43200"]


def _document(key: str) -> EmailFulfillment:
    to, number = "ada@customer.example", uuid.UUID(int=2)
    return EmailFulfillment(email_id=number, to=to, template="document", document=key)


@pytest.mark.parametrize(
    "code", ["MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"]
)
def test_mail_that_ses_will_never_take_is_a_permanent_error(ses: FakeSes, code: str) -> None:
    """Its code is SES's own; an invalid address is one of them."""
    ses.error = refusal(code, "SendEmail")

    with pytest.raises(PermanentError, match="SES refuses the mail") as caught:
        handle(PAYLOAD, attempt())
    assert caught.value.code == code


def test_sender_that_is_not_verified_is_a_permanent_error(ses: FakeSes) -> None:
    """No attempt verifies it."""
    message = f"{_UNVERIFIED}receipts@clarivum.example"
    ses.error = refusal("MessageRejected", "SendEmail", message)

    with pytest.raises(PermanentError):
        handle(PAYLOAD, attempt())


@pytest.mark.parametrize("named", ["ada@customer.example", "x@y.example, Ada@Customer.example"])
def test_account_in_the_sandbox_is_tried_again(ses: FakeSes, named: str) -> None:
    """It is not the mail's fault; and nothing tells the recipient's address."""
    ses.error = refusal("MessageRejected", "SendEmail", f"{_UNVERIFIED}{named}")

    with pytest.raises(SandboxedError) as caught:
        handle(PAYLOAD, attempt())
    assert "@" not in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "TooManyRequestsException",
        "SendingPausedException",
        "AccountSuspendedException",
        "LimitExceededException",
        "InternalServiceErrorException",
    ],
)
def test_mail_that_ses_does_not_take_now_is_tried_again(ses: FakeSes, code: str) -> None:
    """The error passes on to the worker, which waits."""
    ses.error = refusal(code, "SendEmail")

    with pytest.raises(ClientError):
        handle(PAYLOAD, attempt())


def test_silence_of_ses_is_tried_again(ses: FakeSes) -> None:
    """Whether the mail went out is not known then."""
    ses.error = ReadTimeoutError(endpoint_url="https://nowhere.invalid")

    with pytest.raises(ReadTimeoutError):
        handle(PAYLOAD, attempt())


def test_suppressed_address_is_a_permanent_error(ses: FakeSes) -> None:
    """SES would take the mail and not deliver it; nothing is sent."""
    ses.suppressed.add("ada@customer.example")

    with pytest.raises(PermanentError, match="suppression list") as caught:
        handle(PAYLOAD, attempt())
    assert caught.value.code == "suppressed_address"
    assert ses.mails == []


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ThrottlingException"])
def test_list_that_has_no_time_does_not_hold_the_mail_up(ses: FakeSes, code: str) -> None:
    """SES holds a suppressed address back itself."""
    ses.busy = refusal(code, "GetSuppressedDestination")

    handle(PAYLOAD, attempt())
    assert len(ses.mails) == 1


def test_list_that_cannot_be_read_is_tried_again(ses: FakeSes) -> None:
    """A right that is missing must not pass for an address that is not there."""
    ses.busy = refusal("AccessDeniedException", "GetSuppressedDestination")

    with pytest.raises(ClientError):
        handle(PAYLOAD, attempt())
    assert ses.mails == []

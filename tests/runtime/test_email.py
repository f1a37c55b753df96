"""One mail goes out with the words of its template, or the reason why it never will is known."""

import uuid

import pytest
from botocore.exceptions import ClientError

from clarivum_jobs import PermanentError
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.email_fulfillment import handle
from handlers.support.mails import compose
from tests.runtime.fakes import FakeSes, refusal
from tests.runtime.handler_support import attempt

PAYLOAD = EmailFulfillment(
    email_id=uuid.UUID(int=1),
    to="ada@customer.example",
    template="receipt",
    sender="receipts",
    link="https://clarivum.example/receipts/1",
)


@pytest.fixture(autouse=True)
def ses(monkeypatch: pytest.MonkeyPatch) -> FakeSes:
    """Return the mail service that the handler uses."""
    fake = FakeSes()
    monkeypatch.setattr("clarivum_jobs.core.clients.ses", lambda: fake)
    monkeypatch.setenv("MAIL_DOMAIN", "clarivum.example")
    return fake


def test_mail_goes_to_its_one_recipient_with_the_key_on_it(ses: FakeSes) -> None:
    """Sender, recipient, words and key are as the payload and the attempt say."""
    handle(PAYLOAD, attempt())

    (mail,) = ses.mails
    assert mail["FromEmailAddress"] == "receipts@clarivum.example"
    assert mail["Destination"] == {"ToAddresses": ["ada@customer.example"]}
    assert mail["Content"]["Simple"]["Subject"]["Data"] == "Your receipt from Clarivum"
    assert (
        "https://clarivum.example/receipts/1\n" in mail["Content"]["Simple"]["Body"]["Text"]["Data"]
    )
    assert mail["EmailTags"] == [{"Name": "idempotency-key", "Value": "f" * 64}]


@pytest.mark.parametrize(
    "code", ["MessageRejected", "BadRequestException", "MailFromDomainNotVerifiedException"]
)
def test_mail_that_ses_will_never_take_is_a_permanent_error(ses: FakeSes, code: str) -> None:
    """Its code is SES's own."""
    ses.error = refusal(code, "SendEmail")

    with pytest.raises(PermanentError, match="SES refuses the mail") as caught:
        handle(PAYLOAD, attempt())
    assert caught.value.code == code


@pytest.mark.parametrize("code", ["TooManyRequestsException", "SendingPausedException"])
def test_mail_that_ses_does_not_take_now_is_tried_again(ses: FakeSes, code: str) -> None:
    """The error passes on to the worker, which waits."""
    ses.error = refusal(code, "SendEmail")

    with pytest.raises(ClientError):
        handle(PAYLOAD, attempt())


@pytest.mark.parametrize("template", ["lead-magnet", "receipt"])
def test_every_template_reads_well_with_and_without_a_link(template: str) -> None:
    """No mail promises a link that is not there."""
    link = "https://clarivum.example/x"
    linked, plain = (compose(template, given) for given in (link, None))  # type: ignore[arg-type]

    assert link in linked.text
    assert "here" not in plain.text.lower()
    assert linked.subject == plain.subject

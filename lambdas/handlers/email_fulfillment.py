"""Handler of email-fulfillment: sends one mail through SES.

SES offers no way to send a thing once. The record around this handler keeps a mail from being
sent twice, except when the sandbox ends, or the answer is lost, between SES's taking the mail and
the record's completion.
"""

from clarivum_jobs import JobContext
from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import variable
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.support import ses
from handlers.support.mails import compose

# Seconds that a link to a stored document is signed for; it ends sooner with the session of the
# role that has signed it.
_LINK_LIVES = 12 * 3600


def handle(payload: EmailFulfillment, context: JobContext) -> None:
    """Send the mail.

    Raises:
        PermanentError: SES will never take this mail, its address is suppressed, or its template
            cannot be filled in.
        SandboxedError: The account may not send to this recipient yet.
        ClientError: SES does not take it now.
    """
    mail = compose(payload.template, payload.template_version, _link(payload))
    ses.refuse_suppressed(payload.to)
    tags = {
        # A mail that was sent twice in spite of all can be told by it.
        "idempotency-key": context.idempotency_key,
        "template": f"{payload.template}-{payload.template_version}",
    }
    sender = f"{payload.sender}@{variable('MAIL_DOMAIN')}"
    sent = ses.send(sender, payload.to, mail, tags)
    context.logger.info("mail sent", extra={"mail_id": sent})


def _link(payload: EmailFulfillment) -> str | None:
    """Return what the mail leads to: an address, or one signed now for a stored document."""
    if payload.document is None:
        return payload.link
    place = {"Bucket": variable("DATA_BUCKET"), "Key": payload.document}
    return clients.s3().generate_presigned_url("get_object", Params=place, ExpiresIn=_LINK_LIVES)

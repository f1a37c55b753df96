"""Handler of email-fulfillment: sends one mail through SES.

SES offers no way to send a thing once. The record around this handler keeps a mail from being
sent twice, except when the sandbox dies between SES's answer and the record's completion.
"""

from botocore.exceptions import ClientError

from clarivum_jobs import JobContext, PermanentError
from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import variable
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.support.mails import compose

# What SES says about the mail itself; anything else, such as throttling, may pass.
_FINAL = frozenset(
    {"BadRequestException", "MailFromDomainNotVerifiedException", "MessageRejected"},
)


def handle(payload: EmailFulfillment, context: JobContext) -> None:
    """Send the mail.

    Raises:
        PermanentError: SES will never take this mail.
        ClientError: SES does not take it now.
    """
    mail = compose(payload.template, payload.link)
    try:
        answer = clients.ses().send_email(
            FromEmailAddress=f"{payload.sender}@{variable('MAIL_DOMAIN')}",
            Destination={"ToAddresses": [payload.to]},
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {"Text": {"Data": mail.text, "Charset": "UTF-8"}},
                },
            },
            # Found again in SES's events: a mail sent twice in spite of all can be told.
            EmailTags=[{"Name": "idempotency-key", "Value": context.idempotency_key}],
        )
    except ClientError as error:
        code = clients.error_code(error)
        if code in _FINAL:
            reason = f"SES refuses the mail: {error.response['Error'].get('Message', code)}"
            raise PermanentError(reason, code=code) from None
        raise
    context.logger.info("mail sent", extra={"mail_id": answer["MessageId"]})

"""SES as the mail job uses it, and what its refusals mean for another attempt."""

from collections.abc import Mapping

from botocore.exceptions import ClientError

from clarivum_jobs import PermanentError
from clarivum_jobs.core import clients
from handlers.support.mails import Mail

# What SES says about the mail itself; anything else, such as throttling, may pass.
_FINAL = frozenset(
    {"BadRequestException", "MailFromDomainNotVerifiedException", "MessageRejected"},
)
_THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException"})
_UNVERIFIED = "not verified"


class SandboxedError(Exception):
    """The account may send to verified addresses only; once it has left the sandbox, to all."""


def refuse_suppressed(address: str) -> None:
    """Return unless the account's suppression list holds an address.

    SES takes mail for such an address, and does not deliver it; without this look nobody would
    know. It answers about once a second: an address that it has no time to look up is left to it.

    Raises:
        PermanentError: The list holds it, for it has bounced or complained.
        ClientError: SES does not answer now.
    """
    try:
        clients.ses().get_suppressed_destination(EmailAddress=address)
    except ClientError as error:
        if clients.error_code(error) in {"NotFoundException", *_THROTTLED}:
            return
        raise
    message = "the recipient's address is on the suppression list"
    raise PermanentError(message, code="suppressed_address")


def send(sender: str, recipient: str, mail: Mail, tags: Mapping[str, str]) -> str:
    """Send a mail and return SES's id of it; the tags are found again in SES's events.

    Raises:
        PermanentError: SES will never take this mail.
        SandboxedError: The account may not send to this recipient yet.
        ClientError: SES does not take it now.
    """
    try:
        answer = clients.ses().send_email(
            FromEmailAddress=sender,
            Destination={"ToAddresses": [recipient]},
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                    },
                },
            },
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
        )
    except ClientError as error:
        raise _judged(error, recipient) from None
    return answer["MessageId"]


def _judged(error: ClientError, recipient: str) -> Exception:
    code = clients.error_code(error)
    said = str(error.response["Error"].get("Message", code))
    if code not in _FINAL:
        return error
    # SES names the identities that failed; outside the sandbox no recipient is checked.
    if _UNVERIFIED in said and recipient.lower() in said.lower():
        return SandboxedError("the account is in SES's sandbox and may not send to the recipient")
    return PermanentError(f"SES refuses the mail: {said}", code=code)

"""The words of the mails."""

from dataclasses import dataclass
from typing import Literal

_SIGNATURE = "Your Clarivum team\n"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail without its addresses."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    opening: str
    with_link: str
    without_link: str


_WORDS = {
    "lead-magnet": _Words(
        subject="Your download from Clarivum",
        opening="Thank you for your interest in Clarivum.",
        with_link="Here is what you asked for:",
        without_link="What you asked for is on its way to you.",
    ),
    "receipt": _Words(
        subject="Your receipt from Clarivum",
        opening="Thank you for your order.",
        with_link="You find your receipt here:",
        without_link="Your order is paid in full. Reply to this mail for a printed receipt.",
    ),
}


def compose(template: Literal["lead-magnet", "receipt"], link: str | None) -> Mail:
    """Return the mail of a template, leading to `link` if there is one."""
    words = _WORDS[template]
    middle = f"{words.with_link}\n{link}" if link else words.without_link
    return Mail(words.subject, f"Hello,\n\n{words.opening}\n\n{middle}\n\n{_SIGNATURE}")

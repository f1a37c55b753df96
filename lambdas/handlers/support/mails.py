"""The words of the mails: `handlers/mails/<template>/<version>`, as text and as HTML.

A version that was sent once stays as it is; other words are the next version. `linked` is used
where the mail leads somewhere, `plain` where it does not; a template may lack one of them.
"""

import html
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from clarivum_jobs import PermanentError

_WORDS = Path(__file__).parents[1] / "mails"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail without its addresses."""

    subject: str
    text: str
    html: str


def compose(template: str, version: int, link: str | None) -> Mail:
    """Return the mail of a template's version, leading to `link` if there is one.

    Raises:
        PermanentError: There is no such version, it needs a link or takes none, or the link is no
            address of the web: a mail must not run a script.
    """
    if link is not None and not _is_web(link):
        message = "a mail leads to an http or https address only"
        raise PermanentError(message, code="unsafe_link")
    place = _WORDS / template / str(version)
    form = "plain" if link is None else "linked"
    try:
        subject, text, page = (
            (place / name).read_text(encoding="utf-8")
            for name in ("subject.txt", f"{form}.txt", f"{form}.html")
        )
    except FileNotFoundError:
        message = f"there is no {form} version {version} of the mail {template}"
        raise PermanentError(message, code="no_template") from None
    given = link or ""
    return Mail(
        subject.strip(),
        Template(text).substitute(link=given),
        Template(page).substitute(link=html.escape(given)),
    )


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    plain = link.isprintable() and " " not in link
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname)

"""How a text may stand in other texts: as it is, or as a URL, JSON, HTML or Python writes it."""

import base64
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

# With fewer letters a mailbox is a word like any other.
_TELLING = 3

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def spellings(text: str) -> Iterator[str]:
    """Yield a text in each of its spellings; some of them may be equal.

    The cost is that of writing the text some twenty times, however long it is.
    """
    for form in {text, *(unicodedata.normalize(name, text) for name in ("NFC", "NFD"))}:
        raw = form.encode(errors="surrogatepass")
        yield form
        for one in (json.dumps(form), json.dumps(form, ensure_ascii=False)):
            yield one[1:-1]
            yield json.dumps(one[1:-1])[1:-1]  # JSON inside of JSON
        yield from (quote(raw, safe=""), quote(raw), quote_plus(raw), quote_plus(raw, safe="/@"))
        for quoting in (True, False):
            yield html.escape(form, quote=quoting)
        yield html.escape(form).replace("&#x27;", "&#39;")
        yield from (repr(form)[1:-1], ascii(form)[1:-1], repr(raw)[2:-1])
        yield from (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
    if _UUID.fullmatch(text):
        yield text.replace("-", "")


def parts(text: str) -> Iterator[str]:
    """Yield what of a text tells it even alone: the mailbox of an address, with and without tag."""
    mailbox, at, _ = text.partition("@")
    for part in (mailbox, mailbox.partition("+")[0]):
        if at and sum(map(str.isalnum, part)) >= _TELLING:
            yield part

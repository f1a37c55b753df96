"""How a text may stand in other texts: as it is, or as a URL, JSON, HTML or Python writes it."""

import base64
import html
import json
import quopri
import re
import unicodedata
import uuid
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

# With fewer letters a mailbox is a word like any other.
_TELLING = 3

# So few of a URL's parameter are a flag or a number.
_TELLING_PART = 6

# Fewer signs of base64 may be a part of anything.
_TELLING_SIGNS = 8

_IN_URLS = str.maketrans("+/", "-_")

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def spellings(text: str, *, in_all_ways: bool = True) -> Iterator[str]:
    """Yield a text in each of its spellings; some of them may be equal.

    The cost is that of writing the text some twenty times, however long it is.

    Args:
        text: What is spelt.
        in_all_ways: Whether the spellings that few use are wanted too, at some four times the cost.
    """
    forms = {text, *(unicodedata.normalize(name, text) for name in ("NFC", "NFD"))}
    for form in {*forms, text.strip(), text.upper(), text.casefold()} if in_all_ways else forms:
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
        if in_all_ways:
            yield from _further(form, raw)
    if _UUID.fullmatch(text):
        yield text.replace("-", "")
        yield from _of_uuid(uuid.UUID(text))


def _further(form: str, raw: bytes) -> Iterator[str]:
    """Yield what a text is in formats that few use: headers, dumps, other libraries' HTML."""
    yield from (
        raw.hex(),
        base64.b32encode(raw).decode().rstrip("="),
        base64.b85encode(raw).decode(),
    )
    for before in range(3):  # as a part of more, such as a user's name before a password
        yield from _in_base64(raw, before)
    for codec in ("utf-16-le", "utf-16-be"):  # what Windows and Java write
        wide = form.encode(codec, "surrogatepass")
        yield from (wide.hex(), repr(wide)[2:-1], wide.decode("latin-1"))
        for before in range(3):
            yield from _in_base64(wide, before)
    yield form.encode("utf-7", "replace").decode("ascii")
    marked = html.escape(form)
    yield marked.replace("&#x27;", "&apos;")
    yield marked.replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    for one in (form, marked):
        yield one.encode("ascii", "xmlcharrefreplace").decode()
    yield quote(quote(raw, safe=""), safe="")
    yield json.dumps(json.dumps(json.dumps(form)[1:-1])[1:-1])[1:-1]
    yield repr(repr(form))[1:-1].strip("'\\\"")
    if not form.isascii():
        yield quote(form.encode("latin-1", "replace"))
        yield form.encode("ascii", "replace").decode()
        yield quopri.encodestring(raw).decode("ascii")
        yield raw.decode("latin-1")


def _in_base64(raw: bytes, before: int) -> Iterator[str]:
    """Yield the signs of base64 that some bytes make alone, `before` bytes after a sign began."""
    first, end = -(-8 * before // 6), 8 * (before + len(raw)) // 6
    if end - first >= _TELLING_SIGNS:
        whole = base64.b64encode(b"\0" * before + raw).decode()[first:end]
        yield from (whole, whole.translate(_IN_URLS))


def _of_uuid(value: uuid.UUID) -> Iterator[str]:
    yield str(value.int)
    yield repr(value.bytes)[2:-1]
    yield base64.b64encode(value.bytes).decode().rstrip("=")


def parts(text: str) -> Iterator[str]:
    """Yield what of a text tells it even alone.

    It is the mailbox of an address, with and without tag; of a URL who asks and what is asked.
    """
    if "://" in text:
        yield from _of_url(text)
    mailbox, at, _ = text.partition("@")
    for part in (mailbox, mailbox.partition("+")[0]):
        if at and sum(map(str.isalnum, part)) >= _TELLING:
            yield part


def _of_url(text: str) -> Iterator[str]:
    """Yield the credentials, the query and the fragment of a URL, encoded and not."""
    try:
        url = urlsplit(text)
        found = [url.username, url.password, url.query, url.fragment]
    except ValueError:
        return
    found += [value for _, value in parse_qsl(url.query, keep_blank_values=True)]
    found += [field.partition("=")[2] for field in url.query.split("&")]
    for part in {*filter(None, found), *(unquote(part) for part in filter(None, found))}:
        if sum(map(str.isalnum, part)) >= _TELLING_PART:
            yield part

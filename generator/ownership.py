"""How a file says that it is the machine's: a notice, and a hash of everything after them.

The hash tells a hand edit from a file that is merely out of date; it protects against nobody.
"""

import hashlib
import re
from enum import StrEnum

NOTICE = "DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`."

_HASH = re.compile(rb"body-sha256: ([0-9a-f]{64})")
_LINES = 2

HEADER_BYTES = 512
"""So much of a file is enough to see whether it carries a header."""


class Comment(StrEnum):
    """How a kind of file writes a comment of one line."""

    HASH = "# {}"
    MARKDOWN = "<!-- {} -->"
    MERMAID = "%% {}"
    SLASHES = "// {}"


class State(StrEnum):
    """What the header of a file on disk says about its body."""

    UNOWNED = "carries no header"
    INTACT = "as it was generated"
    EDITED = "edited by hand"


def stamped(body: str, comment: Comment) -> str:
    """Return the body under its header."""
    digest = hashlib.sha256(body.encode()).hexdigest()
    notice, line = (comment.format(text) for text in (NOTICE, f"body-sha256: {digest}"))
    return f"{notice}\n{line}\n{body}"


def stamped_json(body: str) -> str:
    """Return a JSON object with the header as first key; the hash is of the rest."""
    digest = hashlib.sha256(body.encode()).hexdigest()
    assert body.startswith("{\n")
    return f'{{\n  "$comment": "{NOTICE} body-sha256: {digest}",\n{body[2:]}'


def state(content: bytes) -> State:
    """Return whether a file is the machine's, and whether anyone has touched it since."""
    if NOTICE.encode() not in content[:HEADER_BYTES]:
        return State.UNOWNED
    if content.startswith(b"{\n"):
        comment, _, rest = content[2:].partition(b"\n")
        head, body = comment, b"{\n" + rest
    else:
        *lines, body = content.split(b"\n", _LINES)
        head = b"\n".join(lines)
    found = _HASH.search(head)
    if found is None or hashlib.sha256(body).hexdigest().encode() != found[1]:
        return State.EDITED
    return State.INTACT

"""The requests in a log of Terraform's AWS provider (`TF_LOG_PROVIDER=DEBUG`).

One record begins with a time, and holds `name=value` in any order; a body stands on lines of its
own behind `|`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECORD = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d+) +\[", re.MULTILINE)
_BODY = re.compile(r"http\.request\.body=\n((?: *\|.*\n)+)")


@dataclass(frozen=True)
class Call:
    """One request.

    Attributes:
        service: As the SDK calls it, such as `Lambda` or `CloudWatch Logs`.
        operation: As the service's model calls it.
        url: Where it went, query included.
        body: What was sent; cut where the provider cuts it.
    """

    service: str
    operation: str
    url: str
    body: str


def calls(text: str) -> Iterator[Call]:
    """Yield every request of a log, in its order."""
    starts = [found.start() for found in _RECORD.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        record = text[start:end]
        if "HTTP Request Sent:" in record:
            body = _BODY.search(record)
            lines = body[1].splitlines() if body else []
            yield Call(
                _field(record, "rpc.service"),
                _field(record, "rpc.method"),
                _field(record, "http.url"),
                "\n".join(line.partition("|")[2].strip() for line in lines),
            )


def _field(record: str, name: str) -> str:
    found = re.search(rf'\b{re.escape(name)}=("(?:[^"\\]|\\.)*"|\S+)', record)
    if found is None:
        return ""
    return str(json.loads(found[1])) if found[1].startswith('"') else found[1]

"""`data-lineage.mmd`: what a message is made of, and what is kept of it."""

import re
from collections.abc import Iterator

from generator.contracts import types
from generator.manifest.resolved import Job, Manifest
from generator.render.diagrams.architecture import MOST

_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
_MOST_FIELDS = 12

_FIXED = """\
  ENVELOPE {
    string id "job id, one an enqueue"
    string type "jobs.NAME"
    string idempotencykey "hash of the key fields"
    string traceparent "W3C trace"
    int contractversion "version of the payload"
  }
  RECORD {
    string id PK "job and key"
    string status "waiting, done, dead"
    list attempts "begin, end, error code"
    number expires "both retentions later"
  }
  DEAD_LETTER {
    string reason "in words, without values"
    string error_code "for grouping"
    int attempt "how often it was tried"
    string job_id "finds every log line"
  }
  ENVELOPE ||--|| RECORD : "claimed by its key"
  RECORD ||--o| DEAD_LETTER : "after the last attempt"
"""


def lineage(manifest: Manifest) -> str:
    """Return the entity diagram."""
    return "erDiagram\n  direction LR\n" + "".join(_payloads(manifest)) + _FIXED


def _payloads(manifest: Manifest) -> Iterator[str]:
    for job in manifest.jobs[:MOST]:
        yield f'  p_{job.class_name}["{job.name}"] {{\n'
        for field in job.payload.fields[:_MOST_FIELDS]:
            yield f"    {_kind(field.type)} {_name(field.name)}{_remark(job, field)}\n"
        yield "  }\n"
        yield f'  p_{job.class_name} ||--|| ENVELOPE : "data"\n'


def _remark(job: Job, field: types.Field) -> str:
    words = ["key"] if field.name in job.key else []
    words += ["sensitive"] if field.sensitive else []
    return f' "{", ".join(words)}"' if words else ""


def _kind(kind: types.Type) -> str:  # noqa: PLR0911 - one return a kind
    match types.followed(kind):
        case types.Number(integer=True):
            return "int"
        case types.Number():
            return "number"
        case types.Boolean():
            return "bool"
        case types.Array():
            return "list"
        case types.Object():
            return "object"
        case types.String() | types.Choice():
            return "string"
        case _:
            return "any"


def _name(name: str) -> str:
    """Return a field's name as Mermaid takes it: letters, digits and underscores alone."""
    return f"f_{found}" if (found := _NO_NAME.sub("_", name))[:1].isdigit() else found or "_"

"""Every policy document that an environment's resources carry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.oracles.rendered import Rendered

IDENTITY, TRUST, RESOURCE = "identity", "trust", "resource"

_KINDS = {
    "aws_iam_role_policy": {"policy": IDENTITY},
    "aws_iam_policy": {"policy": IDENTITY},
    "aws_iam_role": {"assume_role_policy": TRUST},
    "aws_sqs_queue": {"policy": RESOURCE},
    "aws_sns_topic": {"policy": RESOURCE},
    "aws_sns_topic_policy": {"policy": RESOURCE},
    "aws_s3_bucket_policy": {"policy": RESOURCE},
}
_ELSEWHERE = frozenset({"aws_sns_topic.on_call", "aws_s3_bucket.this"})
"""What reads its policy back from a resource of its own."""


@dataclass(frozen=True)
class Document:
    """One policy document.

    Attributes:
        place: Address and attribute of what carries it.
        kind: Whether it belongs to an identity, says who may take a role, or guards a resource.
        statements: What it says.
    """

    place: str
    kind: str
    statements: tuple[Mapping[str, Any], ...]


def documents(rendered: Rendered) -> Iterator[Document]:
    """Yield every document; an attribute that looks like one and is not known is an error."""
    if rendered.producer:
        yield _read("producer", IDENTITY, rendered.producer)
    for resource in rendered.resources:
        known = _KINDS.get(resource.type, {})
        for name, value in resource.values.items():
            if name in known and not resource.address.endswith(tuple(_ELSEWHERE)):
                yield _read(f"{resource.address}.{name}", known[name], value)
            else:
                strange = isinstance(value, str) and '"Statement"' in value and name not in known
                assert not strange, f"{resource.address}.{name} is a policy that nobody judges"


def _read(place: str, kind: str, text: str) -> Document:
    document = json.loads(text)
    assert document["Version"] == "2012-10-17", place
    return Document(place, kind, tuple(document["Statement"]))

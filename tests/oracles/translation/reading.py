"""What a translation is made of, and a reader that knows what was not translated."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_AWS_SAYS = frozenset(
    {
        *("arn", "id", "name_prefix", "tags_all", "create_date", "unique_id", "owner", "url"),
        *("log_group_class", "evaluate_low_sample_count_percentiles", "layer_arn", "created_date"),
        *("stream_arn", "stream_label", "stream_view_type", "invoke_arn", "function_arn", "uuid"),
        *("last_modified", "last_processing_result", "state_transition_reason", "code_sha256"),
        *("qualified_arn", "qualified_invoke_arn", "signing_job_arn", "version", "region"),
        *("signing_profile_version_arn", "acceleration_status", "acl", "bucket_domain_name"),
        *("bucket_prefix", "bucket_regional_domain_name", "hosted_zone_id", "request_payer"),
        *("website_domain", "website_endpoint", "expected_bucket_owner", "creation_date"),
        *("last_modification_date", "identity_type", "beginning_archive_time"),
        *("fifo_throughput_scope", "deduplication_scope", "fifo_throughput_limit"),
        *("transition_default_minimum_object_size", "dkim_signing_attributes"),
    }
)
"""Attributes that the modules leave to AWS, in every type that has them."""

_NOTHING: tuple[object, ...] = (None, "", False, 0, [], {})


@dataclass(frozen=True)
class Part:
    """One resource in AWS's words.

    Attributes:
        type: CloudFormation's type; "" for a call that only adds to what another part makes.
        properties: Its properties.
        call: Service and operation that make it, as botocore names them.
        parameters: What the operation is called with.
    """

    type: str
    properties: Mapping[str, Any]
    call: tuple[str, str]
    parameters: Mapping[str, Any]


def further(service: str, operation: str, parameters: Mapping[str, Any]) -> Part:
    """Return a call that adds to what another part makes."""
    return Part("", {}, (service, operation), parameters)


@dataclass
class Reader:
    """Reads the attributes of one resource, and remembers which.

    Attributes:
        values: The attributes.
    """

    values: Mapping[str, Any]
    _read: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - an attribute can be anything
        """Return an attribute; its absence is an error."""
        self._read.add(name)
        return self.values[name]

    def get(self, name: str) -> Any:  # noqa: ANN401 - an attribute can be anything
        """Return an attribute, or None where nothing is set."""
        value = self.values.get(name)
        self._read.add(name)
        return None if value in _NOTHING else value

    def block(self, name: str) -> dict[str, Any]:
        """Return the one block of a name."""
        (found,) = self[name]
        return {key: value for key, value in found.items() if value not in (None, [], {})}

    def document(self, name: str) -> Any:  # noqa: ANN401 - JSON can be anything
        """Return what an attribute holds as JSON, or None where it holds none."""
        text = self.get(name) or ""
        return json.loads(text) if text.startswith("{") else None

    def unread(self) -> set[str]:
        """Return the attributes that something is set in, and that nobody read."""
        known = self._read | _AWS_SAYS
        return {name for name, value in self.values.items() if value not in _NOTHING} - known


def given(**settings: object) -> dict[str, Any]:
    """Return settings without those that are None."""
    return {name: value for name, value in settings.items() if value is not None}


def tag_list(reader: Reader) -> list[dict[str, str]]:
    """Return tags as most of CloudFormation takes them."""
    return [{"Key": key, "Value": value} for key, value in (reader.get("tags") or {}).items()]

"""Simulated objects behave as those of S3."""

from __future__ import annotations

import datetime as dt

import pytest
from botocore.exceptions import ClientError

from tests.simulator.aws import s3
from tests.simulator.parity.probe import probe


def _code(error: pytest.ExceptionInfo[ClientError]) -> str:
    return error.value.response["Error"]["Code"]


def test_object_is_read_as_it_was_written() -> None:
    """Bytes, type, metadata and the time of the write; and no object where none was written."""
    with probe() as world:
        said = {"run": "a"}
        written = s3().put_object(Bucket="b", Key="k", Body=b"x", ContentType="t/x", Metadata=said)
        head = s3().head_object(Bucket="b", Key="k")
        body = s3().get_object(Bucket="b", Key="k")["Body"].read()
        now = dt.datetime.fromtimestamp(world.loop.now / 1000, dt.UTC)
        with pytest.raises(s3().exceptions.NoSuchKey):
            s3().get_object(Bucket="b", Key="other")
        with pytest.raises(ClientError) as caught:
            s3().head_object(Bucket="b", Key="other")

    assert (body, head["ContentType"], head["Metadata"]) == (b"x", "t/x", said)
    assert (head["ETag"], head["LastModified"]) == (written["ETag"], now)
    assert _code(caught) == "404"


def test_write_on_a_condition_is_refused_when_it_does_not_hold() -> None:
    """Only over the object that was seen, or only where there is none."""
    with probe() as world:
        first = s3().put_object(Bucket="b", Key="k", Body=b"1", IfNoneMatch="*")
        s3().put_object(Bucket="b", Key="k", Body=b"2", IfMatch=first["ETag"])
        for condition in ({"IfNoneMatch": "*"}, {"IfMatch": first["ETag"]}):
            with pytest.raises(ClientError) as caught:
                s3().put_object(Bucket="b", Key="k", Body=b"3", **condition)  # type: ignore[arg-type]
            assert _code(caught) == "PreconditionFailed"
        with pytest.raises(ClientError) as caught:
            s3().put_object(Bucket="b", Key="none", Body=b"3", IfMatch=first["ETag"])

    assert _code(caught) == "NoSuchKey"
    assert world.s3.objects["b", "k"].body == b"2"


def test_list_of_objects_is_in_their_order_a_thousand_a_page() -> None:
    """A prefix narrows it; what is deleted is gone, and deleting it again is no error."""
    with probe():
        for number in range(1003):
            s3().put_object(Bucket="b", Key=f"k/{number:04}", Body=b"")
        s3().put_object(Bucket="b", Key="other", Body=b"")
        for _ in range(2):
            s3().delete_object(Bucket="b", Key="k/0001")
        first = s3().list_objects_v2(Bucket="b", Prefix="k/")
        pages = s3().get_paginator("list_objects_v2").paginate(Bucket="b", Prefix="k/")
        keys = [entry["Key"] for page in pages for entry in page["Contents"]]

    assert (len(first["Contents"]), first["IsTruncated"]) == (1000, True)
    assert keys == [f"k/{number:04}" for number in range(1003) if number != 1]

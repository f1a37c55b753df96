"""A simulated S3: as much of it as handlers use, with its conditions on writes.

Writing the same bytes in the same place again, or deleting what is gone, changes nothing; so such a
repeat is no second effect.
"""

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clarivum_jobs.testing.machine.effects import Effects
from clarivum_jobs.testing.machine.router import Answer, Caller, Params, RefusedError

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Stored:
    """An object.

    Attributes:
        body: Its bytes.
        etag: What tells it from another at its place, in quotes as S3 has it.
        written: When.
        metadata: What its writer said of it.
        kind: Its content type.
    """

    body: bytes
    etag: str
    written: dt.datetime
    metadata: Mapping[str, str]
    kind: str


@dataclass(slots=True)
class S3:
    """Objects by bucket and key; every bucket that is asked for is there.

    Attributes:
        effects: Where writes are counted.
        objects: Every object, by `(bucket, key)`.
        changed: Called after each write and each deletion, to look at what readers find then.
    """

    effects: Effects
    objects: dict[tuple[str, str], Stored] = field(default_factory=dict)
    changed: Callable[[], None] = lambda: None

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Carry out one operation.

        Raises:
            RefusedError: S3 says no, or it is an operation that the model does not have.
        """
        match operation:
            case "PutObject":
                return self._put(params, caller)
            case "GetObject":
                found = self._stored(params, "NoSuchKey")
                return {**_head(found), "Body": io.BytesIO(found.body)}
            case "HeadObject":
                # The answer to HEAD has no body, so no name of an error either.
                return _head(self._stored(params, "404"))
            case "DeleteObject":
                self._delete(params["Bucket"], params["Key"], caller)
                return {}
            case "ListObjectsV2":
                return self._list(params)
        why = f"The simulation of S3 has no {operation}."
        raise RefusedError(code="NotImplemented", why=why, status=501)

    def keys(self, bucket: str) -> list[str]:
        """Return the keys in a bucket, in the order of their names."""
        return sorted(key for place, key in self.objects if place == bucket)

    def _put(self, params: Params, caller: Caller) -> Answer:
        place = params["Bucket"], params["Key"]
        self._condition(self.objects.get(place), params)
        body = params.get("Body", b"")
        body = body.encode() if isinstance(body, str) else bytes(body)
        etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        now = dt.datetime.fromtimestamp(self.effects.loop.now / 1000, dt.UTC)
        kind = params.get("ContentType", "binary/octet-stream")
        self.objects[place] = Stored(body, etag, now, params.get("Metadata", {}), kind)
        name = f"{params['Bucket']}/{params['Key']}:{etag[1:17]}"
        self.effects.perform("PutObject", name, caller, recognised=True)
        self.changed()
        return {"ETag": etag}

    def _condition(self, standing: Stored | None, params: Params) -> None:
        wanted = params.get("IfMatch", "").strip('"')
        if wanted and standing is None:
            raise _missing(code="NoSuchKey")
        other = standing is not None and wanted and wanted != standing.etag.strip('"')
        if other or (standing is not None and params.get("IfNoneMatch") == "*"):
            why = "At least one of the pre-conditions you specified did not hold"
            raise RefusedError(code="PreconditionFailed", why=why, status=412)

    def _delete(self, bucket: str, key: str, caller: Caller) -> None:
        if self.objects.pop((bucket, key), None):
            self.effects.perform("DeleteObject", f"{bucket}/{key}", caller, recognised=True)
            self.changed()

    def _stored(self, params: Params, code: str) -> Stored:
        found = self.objects.get((params["Bucket"], params["Key"]))
        if found is None:
            raise _missing(code=code)
        return found

    def _list(self, params: Params) -> Answer:
        prefix = params.get("Prefix", "")
        after = params.get("ContinuationToken", "")
        bucket = params["Bucket"]
        names = [key for key in self.keys(bucket) if key.startswith(prefix) and key > after]
        size = min(params.get("MaxKeys", _PAGE), _PAGE)
        page = [self._entry(bucket, key) for key in names[:size]]
        if len(names) <= size:
            return {"Contents": page, "IsTruncated": False}
        return {"Contents": page, "IsTruncated": True, "NextContinuationToken": names[size - 1]}

    def _entry(self, bucket: str, key: str) -> dict[str, Any]:
        found = self.objects[bucket, key]
        size = len(found.body)
        return {"Key": key, "LastModified": found.written, "ETag": found.etag, "Size": size}


def _missing(*, code: str) -> RefusedError:
    return RefusedError(code=code, why="The specified key does not exist.", status=404)


def _head(found: Stored) -> Answer:
    return {
        "ETag": found.etag,
        "ContentLength": len(found.body),
        "ContentType": found.kind,
        "LastModified": found.written,
        "Metadata": dict(found.metadata),
    }

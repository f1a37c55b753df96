"""How zips get into the artifact bucket."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest
from botocore.exceptions import ClientError

from envs.deploy.artifacts import KEYS, ArtifactError, read, upload

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client


@dataclass
class Bucket:
    """An S3 that keeps one bucket's objects in memory."""

    objects: dict[str, bytes] = field(default_factory=dict)
    refusal: int = 404

    def head_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """Answer, or refuse as boto3 does."""
        if Key in self.objects:
            return {"ContentLength": len(self.objects[Key])}
        answer: Any = {"ResponseMetadata": {"HTTPStatusCode": self.refusal}, "Error": {}}
        raise ClientError(answer, f"HeadObject {Bucket}")

    def put_object(self, *, Bucket: str, Key: str, Body: bytes) -> dict[str, Any]:  # noqa: N803
        """Keep an object."""
        assert Bucket == "artifacts"
        self.objects[Key] = Body
        return {}

    @property
    def client(self) -> S3Client:
        """Pass for boto3's client."""
        return cast("S3Client", self)


def build(directory: Path) -> Path:
    """Make `build/host` with a layer and one job."""
    (directory / "functions").mkdir()
    layer, job = directory / "layer.zip", directory / "functions" / "thumbnails.zip"
    layer.write_bytes(b"layer")
    job.write_bytes(b"job")
    digest = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in (layer, job)}
    artifacts = {
        "layer": f"layers/{digest[layer]}.zip",
        "functions": {"thumbnails": {"key": f"functions/thumbnails/{digest[job]}.zip"}},
    }
    (directory / KEYS).write_text(json.dumps({"artifacts": artifacts}), encoding="utf-8")
    return directory


def test_everything_is_sent_once(tmp_path: Path) -> None:
    """A second upload finds everything there and sends nothing."""
    artifacts = read(build(tmp_path))
    bucket = Bucket()

    first = upload(bucket.client, "artifacts", artifacts)
    second = upload(bucket.client, "artifacts", artifacts)

    assert sorted(bucket.objects.values()) == [b"job", b"layer"]
    assert (len(first.sent), len(first.present)) == (2, 0)
    assert second.present == first.sent
    assert second.sent == ()


def test_a_refusal_other_than_not_found_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    """Without the right to look, nothing is sent over what may be there."""
    bucket = Bucket(refusal=403)

    with pytest.raises(ClientError):
        upload(bucket.client, "artifacts", read(build(tmp_path)))

    assert bucket.objects == {}


def test_a_missing_build_says_how_to_make_it(tmp_path: Path) -> None:
    """The message is the command to run."""
    with pytest.raises(ArtifactError, match=r"python -m generator\.package --target host"):
        read(tmp_path / "host")


def test_a_zip_that_is_not_the_one_its_key_names_is_refused(tmp_path: Path) -> None:
    """A half-made build never gets under a key that promises other bytes."""
    directory = build(tmp_path)
    (directory / "layer.zip").write_bytes(b"another")

    with pytest.raises(ArtifactError, match="package again"):
        read(directory)


def test_a_missing_zip_is_told(tmp_path: Path) -> None:
    """A build somebody tidied up is noticed before anything is sent."""
    directory = build(tmp_path)
    (directory / "functions" / "thumbnails.zip").unlink()

    with pytest.raises(ArtifactError, match=r"thumbnails\.zip is missing"):
        read(directory)

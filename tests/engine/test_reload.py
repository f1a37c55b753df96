"""New code in functions that run: each that is deployed with it, under whatever name."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from envs.deploy.live import ALIAS
from envs.local.demo.stack import ARTIFACT_BUCKET
from envs.local.engine.clients import ACCOUNT, Aws
from envs.local.loop.reload import Functions, served
from tests.envs import deployed
from tests.generator.manifests import job

if TYPE_CHECKING:
    from pathlib import Path

_CODE = "def handle(event, context):\n    return {word!r}\n"


def test_a_former_name_runs_the_new_code_without_an_apply(aws: Aws, tmp_path: Path) -> None:
    """A saved handler is that of the job and of every name it had; a second look moves nothing."""
    manifest = {
        "version": 1,
        "project": "clarivum",
        "environments": ["local"],
        "jobs": {
            "mail": job(renamed_from=[{"name": "email"}, {"name": "post", "state": "gone"}]),
            "other": job(),
        },
    }
    (tmp_path / "jobs.yaml").write_text(json.dumps(manifest), encoding="utf-8")
    aws.s3.create_bucket(
        Bucket=ARTIFACT_BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    names = served(tmp_path)
    assert names == {"mail": "mail", "email": "mail", "other": "other"}
    for name in names:
        _deploy(aws, f"clarivum-local-{name}", deployed.code(_CODE.format(word="old")))
    functions = Functions(aws, names)
    changed = [
        functions.update(_built(tmp_path / word, {"mail": word, "other": "old"}))
        for word in ("first", "second", "third", "new")
    ]
    again = Functions(aws, names).update(tmp_path / "new" / "build")

    assert changed == [["mail", "email"]] * 4
    assert again == []
    assert {name: len(_versions(aws, name)) for name in names} == {
        "mail": 2,
        "email": 2,
        "other": 1,
    }
    assert {name: _answer(aws, name) for name in names} == {
        "mail": "new", "email": "new", "other": "old",
    }  # fmt: skip


def _deploy(aws: Aws, name: str, code: bytes) -> None:
    made = aws.functions.create_function(
        FunctionName=name,
        Role=f"arn:aws:iam::{ACCOUNT}:role/any",
        Runtime="python3.13",
        Handler="handler.handle",
        Code={"ZipFile": code},
        Publish=True,
    )
    aws.functions.create_alias(FunctionName=name, Name=ALIAS, FunctionVersion=made["Version"])


def _built(root: Path, words: dict[str, str]) -> Path:
    """Write what packaging leaves for some jobs."""
    built = root / "build"
    (built / "functions").mkdir(parents=True)
    functions = {}
    for name, word in words.items():
        code = deployed.code(_CODE.format(word=word))
        (built / "functions" / f"{name}.zip").write_bytes(code)
        digest = hashlib.sha256(code)
        functions[name] = {
            "key": f"functions/{name}/{digest.hexdigest()}.zip",
            "sha256": base64.b64encode(digest.digest()).decode(),
        }
    text = json.dumps({"artifacts": {"layer": "none", "functions": functions}})
    (built / "artifacts.auto.tfvars.json").write_text(text, encoding="utf-8")
    return built


def _versions(aws: Aws, name: str) -> list[str]:
    """Return the published versions that are there."""
    found = aws.functions.list_versions_by_function(FunctionName=f"clarivum-local-{name}")
    return [one["Version"] for one in found["Versions"] if one["Version"] != "$LATEST"]


def _answer(aws: Aws, name: str) -> object:
    called = aws.functions.invoke(FunctionName=f"clarivum-local-{name}", Qualifier=ALIAS)
    return json.load(called["Payload"])

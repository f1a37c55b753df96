"""All that the modules say, when every choice is taken: resources with each attribute and outputs.

Read without Terraform, by the reader of the simulator; what AWS adds is taken from `modules/mocks`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from clarivum_jobs.testing.terraform.expressions import Scope, Value
from clarivum_jobs.testing.terraform.modules import Block, Module, files, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNT, REGION = "123456789012", "eu-west-1"
_PLACE = {"account_id": ACCOUNT, "region": REGION, "partition": "aws-cn"}
_BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/clarivum-test-boundary"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1a2b3c4d"
_TAGS = {"Team": "web"}
_GITHUB = {
    "repository": "clarivum/jobs",
    "environments": ["test"],
    "branches": [],
    "pull_requests": True,
}
_VERCEL = {"team": "clarivum", "project": "site", "environments": ["production", "preview"]}
_TRUST = {
    "github": [_GITHUB],
    "vercel": [_VERCEL],
    "principals": [f"arn:aws:iam::{ACCOUNT}:role/on-call"],
}
_PLATFORM = {
    "project": "clarivum",
    "environment": "test",
    "artifact_bucket": f"clarivum-test-artifacts-{ACCOUNT}",
    "layer": {"artifact": "layers/abc.zip", "architecture": "x86_64"},
    "secrets": ["api-key", "crm-token"],
    "secret_recovery_days": 7,
    "on_call": {"emails": ["on-call@clarivum.example"], "runbook_url": "https://a.example/book"},
    "budget": 20,
    "permissions_boundary": _BOUNDARY,
    "variables": {"SITE_URL": "https://www.clarivum.example"},
    "closed": ["old-mail", "older-mail"],
}
_ISOLATION = {
    "kms_key_arn": KEY,
    "vpc": {"subnet_ids": ["subnet-a", "subnet-b"], "security_group_ids": ["sg-a"]},
}
_WATCH = {"steps": {"time": "EPOCH(runs)"}, "due": "time < 15", "period": 60, "periods": 15}
_JOB = {
    "name": "thumbnails",
    "description": "Make thumbnails.",
    "owner": "web",
    "function": {
        "artifact": {"key": "functions/thumbnails/abc.zip", "sha256": "00=="},
        "handler": "generated.entrypoints.thumbnails.lambda_handler",
        "architecture": "x86_64",
        "timeout": 60,
        "memory_size": 512,
        "ephemeral_storage": 1024,
        "reserved_concurrency": 6,
    },
    "variables": {"EXTRA": "1"},
    "logs": {"retention_days": 14, "level": "WARNING", "format": "JSON"},
    "queue": {
        "visibility_timeout": 400,
        "delay": 7,
        "message_retention": 400000,
        "dead_letter_retention": 1209500,
    },
    "polling": {"maximum_concurrency": 3, "batch_size": 2, "batch_window": 5},
    "retry": {"max_attempts": 4, "base": 5, "cap": 800},
    "idempotency": {"retention": 1700000, "on_conflict": "park"},
    "access": {
        "secrets": ["api-key"],
        "enqueues": ["thumbnails", "a-job-with-a-name-of-more-than-31-characters"],
        "statements": [
            {
                "actions": ["s3:PutObject"],
                "resources": ["arn:aws:s3:::x/*"],
                "conditions": {"StringEquals": {"s3:x-amz-acl": ["private"]}},
            }
        ],
    },
    "schedules": {
        "nightly": {
            "expression": "cron(30 4 * * ? *)",
            "timezone": "Europe/Berlin",
            "watch": _WATCH,
        },
        "hourly": {
            "expression": "rate(1 hour)",
            "enabled": False,
            "overlap": "skip",
            "max_age": 60,
        },
    },
    "alarms": {"dead_letters": 2, "oldest_message": 900, "errors": 3, "throttles": 4},
}

MANY = 60
"""Jobs, more than a dashboard shows one by one."""


class Inventory:
    """What a collection of modules says.

    Attributes:
        modules: Where they are.
    """

    def __init__(self, modules: Path, *, isolated: bool = True) -> None:
        """Take the modules of a directory; whether the environment has key and network too."""
        self.modules, self._isolated = modules, isolated
        mocks = parse((modules / "mocks" / "aws.tfmock.hcl").read_text(encoding="utf-8"))
        self._known: dict[str, Mapping[str, Any]] = {
            block.labels[0]: block.attributes["defaults"](Scope({})) for block in mocks.blocks
        }

    def _made(self, module: str, /, **given: Value) -> Module:
        return Module(self.modules / module, given, self._add)

    def _add(self, kind: str, _said: Mapping[str, Any]) -> Mapping[str, Any]:
        return _Mocked(self._known.get(kind, {}))

    @cached_property
    def _platform(self) -> Module:
        given = {**_PLATFORM, "isolation": _ISOLATION if self._isolated else {}}
        return self._made("platform", **given)

    @cached_property
    def _job(self) -> Module:
        return self._job_that()

    def _job_that(self, **has: Value) -> Module:
        return self._made("job", platform=dict(self._platform.outputs["context"]), **_JOB, **has)

    def of(self, name: str) -> Value:
        """Return what one module says."""
        found = _said(self._call(name), self.modules / name)
        if name == "dashboards":
            many = _said(self._call("dashboards of many"), self.modules / name)
            found["of many jobs"] = many
        if name == "job":
            queue = self._job_that(state="draining").modules["queue"]
            found["module.queue of a draining job"] = _said(queue.module, self.modules / "queue")
        return found

    def _call(self, name: str) -> Module:
        platform = dict(self._platform.outputs["context"])
        names = {"project": "clarivum", "environment": "test", "location": _PLACE, "tags": _TAGS}
        if name == "platform":
            return self._platform
        if name == "job":
            return self._job
        if name.startswith("dashboards"):
            one = self._job.outputs["watched"]
            jobs = {f"job-{n}": one for n in range(MANY)} if "of many" in name else {"job": one}
            return self._made("dashboards", platform=platform, jobs=jobs)
        given: dict[str, dict[str, Any]] = {
            "bucket": {
                "name": f"clarivum-test-site-{ACCOUNT}",
                "force_destroy": True,
                "retention_days": 30,
                "access_log_bucket": "clarivum-test-logs",
                "logs_of": ["clarivum-test-state"],
                "tags": _TAGS,
            },
            "issuers": {"github": True, "vercel_teams": ["clarivum"], "tags": _TAGS},
            "trust": {"account": {"id": ACCOUNT, "partition": "aws"}, "trust": _TRUST},
            "operator": {
                **names,
                "trust": {"read": _TRUST, "act": _TRUST},
                **({"kms_key_arn": KEY} if self._isolated else {}),
            },
            "deployer": {
                **names,
                "trust": {"plan": _TRUST, "apply": _TRUST},
                "mail_domains": ["clarivum.example"],
                "disposable_buckets": ["site"],
                "isolation": {"kms_key_arn": KEY, "vpc": True} if self._isolated else {},
                "granted": [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::x/*"]}],
            },
            "producer": {
                "name": "clarivum-test-producer-site",
                "platform": {**platform, "partition": "aws-cn"},
                "variables": dict(self._platform.outputs["producer"]["environment"]),
                "jobs": ["thumbnails"],
                "trust": _TRUST,
                "tags": _TAGS,
            },
        }
        return self._made(name, **given[name])


def _said(module: Module, directory: Path) -> dict[str, Any]:
    """Return resources, called modules and outputs, as JSON has them."""
    file = files(directory)
    found: dict[str, Any] = {"outputs": {k: _plain(module.outputs[k]) for k in module.outputs}}
    for block in file.of("resource"):
        kind, name = block.labels
        found[f"{kind}.{name}"] = _plain(module.resources[kind][name])
        order = [one for one in (*_after(block),) if one]
        if order:
            found[f"{kind}.{name} order"] = order
    for block in file.of("module"):
        (name,) = block.labels
        source = (directory / block.attributes["source"](Scope({}))).resolve()
        called = module.modules[name]
        if isinstance(called, list):
            found[f"module.{name}"] = [_said(one.module, source) for one in called]
        elif isinstance(called, dict):
            found[f"module.{name}"] = {k: _said(v.module, source) for k, v in called.items()}
        else:
            found[f"module.{name}"] = _said(called.module, source)
    return found


def _after(block: Block) -> Iterator[str]:
    """Yield what a resource says of its order and of its life."""
    if "depends_on" in block.attributes:
        names = Scope(_Names())
        yield from (str(name) for name in block.attributes["depends_on"](names))
    for lifecycle in block.of("lifecycle"):
        yield from sorted(lifecycle.attributes)


def _plain(value: Value) -> Value:
    if isinstance(value, str):
        return json.loads(value) if value[:1] in ("{", "[") and value[-1:] in ("}", "]") else value
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in value}
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    return value


class _Mocked(dict[str, Any]):
    """What a module does not set: what the mocks know, or a word that says what it is."""

    def __missing__(self, name: str) -> str:
        return f"({name} of AWS)"


class _Names(dict[str, Any]):
    """References that are meant themselves."""

    def __missing__(self, name: str) -> Value:
        return _Reference(name)


class _Reference(str):
    __slots__ = ()

    def __getitem__(self, name: Value) -> Value:
        return _Reference(f"{self!s}.{name}")

"""What a worker may do beyond its own queue, records, secrets and logs."""

import re
from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.source import Where
from generator.rules.registry import Violation, Whole, whole_rule
from generator.words import shown

_ACTION = re.compile(r"[a-z0-9-]+:[A-Za-z0-9*?]+")
_ARN = re.compile(r"arn:[^:]+:[a-z0-9-]*:[^:]*:[^:]*:.+")
_POLICY = "IAM user guide, JSON policy elements"


@whole_rule(
    "permission-action",
    what="An action is written as `service:Action`.",
    why="IAM refuses the policy at apply, or the action silently allows nothing.",
    remedy="write it as s3:PutObject",
    source=_POLICY,
)
def permission_action(whole: Whole) -> Iterator[Violation]:
    """Judge the form of every action."""
    for where, action in _actions(whole):
        if action != "*" and not _ACTION.fullmatch(action):
            yield Violation(where, f"{shown(action)} is no IAM action")


@whole_rule(
    "permission-every-action",
    what="No worker may do everything.",
    why="One handler with a mistake could then read, change or delete anything in the account.",
    remedy="name the actions that the handler needs",
    source=_POLICY,
)
def permission_every_action(whole: Whole) -> Iterator[Violation]:
    """Refuse the action that is all of them."""
    for where, action in _actions(whole):
        if re.fullmatch(r"\*(?::\*)?", action):
            yield Violation(where, f"{shown(action)} allows everything")


@whole_rule(
    "permission-wide-action",
    what="Actions are named, not matched by a bare wildcard.",
    why="`s3:*` allows deleting the bucket too.",
    remedy="name the actions that the handler needs",
    source=_POLICY,
    severity=Severity.WARNING,
)
def permission_wide_action(whole: Whole) -> Iterator[Violation]:
    """Point out whole services."""
    for where, action in _actions(whole):
        if _ACTION.fullmatch(action) and action.endswith(":*"):
            yield Violation(where, f"{shown(action)} allows all that the service can do")


@whole_rule(
    "permission-identity",
    what="No worker may manage identities or take another's.",
    why="A worker that may pass or assume roles can do whatever those may.",
    remedy="grant what the handler needs directly",
    source=_POLICY,
    severity=Severity.WARNING,
)
def permission_identity(whole: Whole) -> Iterator[Violation]:
    """Point out actions of IAM and STS."""
    for where, action in _actions(whole):
        if action.startswith(("iam:", "sts:")):
            yield Violation(where, f"{shown(action)} lets the worker act as somebody else")


@whole_rule(
    "permission-resource",
    what="A resource is an ARN.",
    why="IAM refuses the policy at apply.",
    remedy='write it as "arn:aws:s3:::my-bucket/*"',
    source=_POLICY,
)
def permission_resource(whole: Whole) -> Iterator[Violation]:
    """Judge the form of every resource."""
    for where, resource in _resources(whole):
        if resource != "*" and not _ARN.fullmatch(resource):
            yield Violation(where, f"{shown(resource)} is no ARN")


@whole_rule(
    "permission-every-resource",
    what="Resources are named.",
    why='With "*" the action is allowed on everything in the account.',
    remedy="name the resource, or allow it where the action knows no resources",
    source=_POLICY,
    severity=Severity.WARNING,
)
def permission_every_resource(whole: Whole) -> Iterator[Violation]:
    """Point out resources that are all of them."""
    for where, resource in _resources(whole):
        if resource == "*":
            yield Violation(where, "the actions are allowed on every resource")


def _actions(whole: Whole) -> Iterator[tuple[Where, str]]:
    for job, settings in whole.written.jobs.items():
        for index, permission in enumerate(settings.permissions):
            for number, action in enumerate(permission.actions):
                yield ("jobs", job, "permissions", index, "actions", number), action


def _resources(whole: Whole) -> Iterator[tuple[Where, str]]:
    for job, settings in whole.written.jobs.items():
        for index, permission in enumerate(settings.permissions):
            for number, resource in enumerate(permission.resources):
                yield ("jobs", job, "permissions", index, "resources", number), resource

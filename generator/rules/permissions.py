"""What a worker may do beyond its own queue, records, secrets and logs."""

import re
from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.manifest.source import Where
from generator.rules.limits import LARGEST_ROLE_POLICIES
from generator.rules.longest import counted, largest, policy
from generator.rules.registry import Violation, Whole, whole_rule
from generator.words import shown

_ACTION = re.compile(r"[a-z0-9-]+:[A-Za-z0-9*?]+")
_ARN = re.compile(r"arn:[^:]+:[a-z0-9-]*:[^:]*:[^:]*:.+")
_STRANGE = re.compile(r"[^\t\n\r\x20-\xff]")
_POLICY = "IAM user guide, JSON policy elements"
_CONDITIONS = f"{_POLICY}: condition operators"
_KEY = re.compile(r"[a-z0-9-]+:[A-Za-z0-9:/._@+=-]+")
_WORDS = ("Equals", "NotEquals")
_ORDERED = (*_WORDS, "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
_OPERATORS = frozenset(
    {
        *(f"String{word}{case}" for word in _WORDS for case in ("", "IgnoreCase")),
        *("StringLike", "StringNotLike", "ArnLike", "ArnNotLike", "IpAddress", "NotIpAddress"),
        *(f"Arn{word}" for word in _WORDS),
        *(f"{kind}{word}" for kind in ("Numeric", "Date") for word in _ORDERED),
        *("Bool", "BinaryEquals"),
    }
)


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
        if _ACTION.fullmatch(action) and not action.partition(":")[2].strip("*?"):
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


@whole_rule(
    "permission-condition",
    what="A condition is an operator of IAM, a key of a service, and at least one value.",
    why="IAM refuses the policy at apply, or the condition never holds and nothing is allowed.",
    remedy='write it as StringEquals: {"ses:FromAddress": ["hello@example.com"]}',
    source=_CONDITIONS,
)
def permission_condition(whole: Whole) -> Iterator[Violation]:
    """Judge operator, key and values of every condition."""
    for where, operator, keys in _conditions(whole):
        if not _is_operator(operator):
            yield Violation(where, f"{shown(operator)} is no operator of IAM", key=True)
        elif not keys:
            yield Violation(where, f"`{operator}` compares nothing", key=True)
        for key, values in keys.items():
            if not _KEY.fullmatch(key):
                yield Violation((*where, key), f"{shown(key)} is no condition key", key=True)
            elif not values:
                yield Violation((*where, key), f"`{key}` is compared with nothing", key=True)


@whole_rule(
    "permission-characters",
    what="A permission is written in the characters of a policy.",
    why="IAM takes those of Latin-1 alone, without control characters, and refuses the whole "
    "policy at apply for any other.",
    remedy="name the resource by an ARN with `*` or `?` in place of other characters",
    source="botocore: iam, policyDocumentType",
)
def permission_characters(whole: Whole) -> Iterator[Violation]:
    """Judge every text of every permission, once each."""
    values = (
        ((*where, key, number), value)
        for where, _, keys in _conditions(whole)
        for key, entries in keys.items()
        for number, value in enumerate(entries)
    )
    for where, text in (*_resources(whole), *values):
        if strange := _STRANGE.search(text):
            yield Violation(where, f"{shown(strange[0])} cannot stand in a policy")


def _is_operator(name: str) -> bool:
    """Say whether IAM knows an operator, with what may stand before and behind it."""
    plain = re.sub(r"^(?:ForAllValues|ForAnyValue):", "", name)
    return plain == "Null" or plain.removesuffix("IfExists") in _OPERATORS


@whole_rule(
    "permissions-size",
    what="The policy of a worker's role takes at most 10,240 characters.",
    why="IAM refuses more at apply, after most of the job is made. White space does not count; "
    "what the modules grant does, such as each secret and each job that is enqueued.",
    remedy="name several resources by one ARN with `*`, or split the job",
    source="IAM user guide, quotas: inline policies of a role",
)
def permissions_size(whole: Whole) -> Iterator[Violation]:
    """Judge what all statements of a worker's role take together, at their longest."""
    for worker, size in largest(whole, lambda worker: counted(policy(worker))):
        if size > LARGEST_ROLE_POLICIES:
            message = (
                f"the role's policy takes up to {size:,} characters, {LARGEST_ROLE_POLICIES:,} "
                "are allowed"
            )
            job = worker.job
            fields = ("permissions", "enqueues", "secrets")
            given = (worker.statements, job.enqueues, job.secrets)
            # Where nothing is granted the names are far too long, and `name-length` says so.
            named = [name for name, entries in zip(fields, given, strict=True) if entries][:1]
            yield Violation(("jobs", job.name, *named), message, key=True)


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


def _conditions(whole: Whole) -> Iterator[tuple[Where, str, dict[str, list[str]]]]:
    for job, settings in whole.written.jobs.items():
        for index, permission in enumerate(settings.permissions):
            for operator, keys in permission.conditions.items():
                yield ("jobs", job, "permissions", index, "conditions", operator), operator, keys

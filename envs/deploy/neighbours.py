"""Whether an environment has its account to itself, as far as names go.

Every name begins with `<project>-<environment>-`, and rights are given on that beginning. So no
environment of an account may begin as another one does, hyphen included: `shop-dev` has the names
of `shop-dev-prod` in its hands. Within a project none can, for an environment is one word. Names of
IAM and of buckets know no region: an environment has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from envs.deploy.settings import SettingsError, beside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

    from envs.deploy.settings import Settings

_SHARES = "shares_mail_domain"
_GONE = frozenset({"404", "NoSuchBucket", "NotFound"})


def nested(base: str, others: Iterable[str]) -> list[str]:
    """Return those of some beginnings of names that reach into another's, or it into theirs."""
    return [
        other
        for other in others
        if other != base and (other.startswith(f"{base}-") or base.startswith(f"{other}-"))
    ]


def refuse(s3: S3Client, settings: Settings) -> None:
    """Look at the account's state buckets: each is an environment's.

    Raises:
        SettingsError: Another environment's names reach into these, or this one has its state in
            another region.
    """
    end = f"-state-{settings.account_id}"
    pages = s3.get_paginator("list_buckets").paginate()
    buckets = [found["Name"] for page in pages for found in page["Buckets"]]
    bases = [name.removesuffix(end) for name in buckets if name.endswith(end)]
    for other in nested(settings.base, bases):
        message = (
            f"`{settings.base}` and `{other}` live in account {settings.account_id}, and the names "
            "of one begin as the other's do: each could touch what is the other's\n  hint: give "
            "one of them another account, or another project name"
        )
        raise SettingsError(message)
    region = _region(s3, settings.state_bucket)
    if region not in ("", settings.region):
        message = (
            f"`{settings.name}` has its state in {region}, and is to live in {settings.region}\n"
            "  hint: an environment has one region; a second one is another environment, with a "
            "name and a root of its own"
        )
        raise SettingsError(message)


def _region(s3: S3Client, bucket: str) -> str:
    """Return where a bucket is; empty if there is none."""
    try:
        return s3.head_bucket(Bucket=bucket).get("BucketRegion", "")
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            return ""
        raise


def refuse_two_owners(repository: Path, settings: Settings) -> None:
    """Look at the other environments of the repository: a domain has one identity in SES.

    Raises:
        SettingsError: Two environments of one account and region would make the same one.
    """
    if not settings.mail_domain:
        return
    for other in beside(repository, settings.name):
        if (other.account_id, other.region, other.mail_domain) == (
            settings.account_id,
            settings.region,
            settings.mail_domain,
        ):
            message = (
                f"`{settings.name}` and `{other.name}` both make the SES identity of "
                f"{settings.mail_domain} in account {settings.account_id}\n"
                f"  hint: {_remedy(settings, other)}"
            )
            raise SettingsError(message)


def _remedy(*both: Settings) -> str:
    """Return what to do about two owners; production's root always is one."""
    for settings in both:
        if _SHARES in (settings.root / "variables.tf").read_text(encoding="utf-8"):
            return f"set {_SHARES} = true in envs/{settings.name}/terraform.tfvars"
    return "give one of them another mail_domain"

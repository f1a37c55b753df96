"""What is true of one environment alone: its project, account and region."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import hcl2
from lark.exceptions import LarkError, UnexpectedInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ACCOUNT = re.compile(r"[0-9]{12}")


class SettingsError(Exception):
    """An environment does not exist, or a fact about it is missing; the message says which."""


@dataclass(frozen=True)
class Settings:
    """One environment on AWS.

    Attributes:
        root: Its Terraform root.
        project: First word of every name.
        name: Name of the environment, second word of every name.
        account_id: Account it lives in.
        region: Region it lives in.
        mail_domain: Domain whose identity in SES it makes; empty if it makes none.
    """

    root: Path
    project: str
    name: str
    account_id: str
    region: str
    mail_domain: str = ""

    @property
    def base(self) -> str:
        """Return what every name of the environment begins with."""
        return f"{self.project}-{self.name}"

    @property
    def state_bucket(self) -> str:
        """Bucket of the Terraform state."""
        return f"{self.base}-state-{self.account_id}"

    @property
    def artifact_bucket(self) -> str:
        """Bucket of the zips."""
        return f"{self.base}-artifacts-{self.account_id}"


def read(repository: Path, name: str) -> Settings:
    """Read an environment's root: `terraform.tfvars`, and the defaults of `variables.tf`.

    Raises:
        SettingsError: There is no such root on AWS, or it has no account yet.
    """
    root = repository / "envs" / name
    values = root / "terraform.tfvars"
    if not values.is_file():
        known = sorted(path.parent.name for path in repository.glob("envs/*/terraform.tfvars"))
        message = f"there is no environment `{name}` on AWS; there are: {', '.join(known)}"
        raise SettingsError(message)
    given = _load(values)
    account_id = _text(given.get("account_id"))
    if not _ACCOUNT.fullmatch(account_id):
        message = (
            f'{values.relative_to(repository)}: set account_id = "..." to the 12 digits '
            f"of the account that `{name}` lives in"
        )
        raise SettingsError(message)
    region = _text(given.get("region")) or _default(root / "variables.tf", "region")
    project = _local(root / "main.tf", "project")
    shared = given.get("shares_mail_domain") is True
    mail_domain = "" if shared else _text(given.get("mail_domain"))
    return Settings(root, project, name, account_id, region, mail_domain)


def beside(repository: Path, name: str) -> Iterator[Settings]:
    """Yield the other environments on AWS; one without an account has no neighbours yet."""
    for values in sorted(repository.glob("envs/*/terraform.tfvars")):
        if values.parent.name != name:
            with contextlib.suppress(SettingsError):
                yield read(repository, values.parent.name)


def _default(path: Path, variable: str) -> str:
    """Return the default of a variable."""
    for block in _load(path).get("variable", ()):
        for name, body in block.items():
            if _text(name) == variable and _text(body.get("default")):
                return _text(body["default"])
    message = f"{path.name}: variable `{variable}` has no default"
    raise SettingsError(message)


def _local(path: Path, name: str) -> str:
    """Return a local value that is written out as a string."""
    for block in _load(path).get("locals", ()):
        if _text(block.get(name)):
            return _text(block[name])
    message = f"{path.name}: there is no local value `{name}`"
    raise SettingsError(message)


def _load(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = hcl2.loads(path.read_text(encoding="utf-8"))
    except (LarkError, UnicodeDecodeError, OSError) as error:
        # What came too early or not at all has no line: the parser says -1 or a question mark.
        at = error.line if isinstance(error, UnexpectedInput) else None
        line = f":{at}" if isinstance(at, int) and at > 0 else ""
        reason = str(error).partition("\n")[0]
        message = f"{path.parent.name}/{path.name}{line} cannot be read: {reason}"
        raise SettingsError(message) from error
    return document


def _text(value: object) -> str:
    """Return a string of the parser without its quotes; "" for anything else."""
    if not isinstance(value, str):
        return ""
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:
        return value[1:-1]

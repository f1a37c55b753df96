"""The emergency pause as data: one parameter a job, with who, why and until when.

It stands beside the manifest, not in it, so that it needs no pull request; it always expires; and
Terraform reads it, so that a deploy during the incident keeps what people decided.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from envs.desk.place import Place


@dataclass(frozen=True, slots=True)
class Override:
    """A pause that somebody made by hand.

    Attributes:
        job: The job.
        until: When it ends, ISO 8601 in UTC.
        by: Who made it.
        why: The reason.
    """

    job: str
    until: str
    by: str
    why: str

    def expired(self, now: dt.datetime) -> bool:
        """Whether it should have ended by now."""
        return now >= dt.datetime.fromisoformat(self.until)


def path(place: Place) -> str:
    """Return under which name an environment's overrides stand."""
    return f"/{place.project}/{place.environment}/lifecycle"


def overrides(place: Place) -> dict[str, Override]:
    """Return the pauses that were made by hand, by job."""
    pages = place.client("ssm").get_paginator("get_parameters_by_path").paginate(Path=path(place))
    found = {}
    for page in pages:
        for parameter in page["Parameters"]:
            job = parameter["Name"].rpartition("/")[2]
            try:
                found[job] = Override(job, **json.loads(parameter["Value"]))
            except (ValueError, TypeError) as error:
                message = f"{parameter['Name']} is no record of a pause"
                hint = "delete it: aws ssm delete-parameter --name ..."
                raise DeskError(message, rule="override", hint=hint) from error
    return found


def record(place: Place, override: Override) -> None:
    """Write a pause down, unless there is one.

    Raises:
        DeskError: Somebody paused the job before.
    """
    told = {name: value for name, value in asdict(override).items() if name != "job"}
    try:
        place.client("ssm").put_parameter(
            Name=f"{path(place)}/{override.job}",
            Description="A job is paused; Terraform reads it.",
            Value=json.dumps(told),
            Type="String",
            Overwrite=False,
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterAlreadyExists":
            raise
        other = overrides(place).get(override.job)
        by = f" by {other.by} until {other.until}: {other.why}" if other else ""
        message = f"{override.job} is paused already{by}"
        hint = f"to pause it anew: clarivum resume {override.job}"
        raise DeskError(message, rule="paused", hint=hint, status=1) from error


def forget(place: Place, job: str) -> bool:
    """Take a pause back; false if there is none."""
    try:
        place.client("ssm").delete_parameter(Name=f"{path(place)}/{job}")
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            raise
        return False
    return True

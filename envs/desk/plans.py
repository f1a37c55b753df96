"""A plan: which letters, what becomes of each, why and by whom; a file that people can read."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from envs.desk.edits import Edit
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from pathlib import Path

VALID = dt.timedelta(hours=1)
"""How long a plan may be carried out: later it describes letters that nobody looked at."""

SLOWEST, FASTEST = 0.01, 1_000.0
"""Letters a second, at least and at most."""

_FORM = 1
_ACTIONS = ("replay", "discard")


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one letter.

    Attributes:
        message_id: Id of the letter in the dead-letter queue; what is frozen by a plan.
        job_id: Id of its enqueue; empty if it has none.
        body_sha256: Tells its body from every other.
        sends_sha256: Tells what is sent from everything else; empty if nothing is.
        fingerprint: Its kind of failure.
        verdict: What becomes of it.
        told: Why, for people.
    """

    message_id: str
    job_id: str
    body_sha256: str
    sends_sha256: str
    fingerprint: str
    verdict: str
    told: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about dead letters of one job.

    Attributes:
        id: Its name, which stands on everything that it does.
        project: Project that it was made for.
        environment: Environment that it was made for.
        account_id: Account that it was made for.
        job: The job.
        action: `replay` or `discard`.
        force: Whether done work is done again.
        edit: What is changed in each letter.
        why: The reason.
        by: Who made it.
        made: When it was made, ISO 8601 in UTC.
        expires: When it is too old.
        rate: Letters a second.
        stop_after: After how many new deaths of the same kinds it stops; 0 for never.
        complete: Whether the look saw the whole queue.
        letters: The letters.
    """

    id: str
    project: str
    environment: str
    account_id: str
    job: str
    action: Literal["replay", "discard"]
    force: bool
    edit: Edit
    why: str
    by: str
    made: str
    expires: str
    rate: float
    stop_after: int
    complete: bool
    letters: tuple[Planned, ...]

    @property
    def verdicts(self) -> dict[str, int]:
        """How many letters have which verdict."""
        return dict(sorted(Counter(letter.verdict for letter in self.letters).items()))

    @property
    def moving(self) -> tuple[Planned, ...]:
        """The letters that leave the queue."""
        return tuple(one for one in self.letters if one.verdict in {"send", "done", "discard"})

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.moving) / self.rate

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {"form": _FORM, **asdict(self)}


def write(plan: Plan, path: Path) -> None:
    """Write a plan where nobody but its maker reads it.

    Raises:
        DeskError: The file is there already, or cannot be written.
    """
    # Half of a character, which a terminal or JSON can hold, is written as JSON's escape.
    text = json.dumps(plan.as_data(), indent=2, ensure_ascii=False) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(plan.as_data(), indent=2) + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        message = f"{path} is there already"
        raise DeskError(message, rule="plan-exists", hint="give another name: -o FILE") from error
    except OSError as error:
        message = f"cannot write {path}: {(error.strerror or 'unknown reason').lower()}"
        raise DeskError(message, rule="plan-unwritable") from error


def _of_this_form(data: dict[str, Any]) -> dict[str, Any]:
    if data.pop("form") != _FORM:
        raise ValueError
    return data


def _whole(plan: Plan) -> Plan:
    """Return a plan that can be carried out: files are edited, cut off and mixed up.

    Raises:
        ValueError: Something in it is not of its kind.
        TypeError: Likewise.
    """
    edit, moments = plan.edit, map(dt.datetime.fromisoformat, (plan.made, plan.expires))
    texts = [plan.id, plan.project, plan.environment, plan.account_id, plan.job, plan.why, plan.by]
    texts += [edit.transform, *(text for one in plan.letters for text in asdict(one).values())]
    good = (
        all(isinstance(text, str) for text in texts)
        and all(moment.tzinfo for moment in moments)
        and all(type(flag) is bool for flag in (plan.force, plan.complete, edit.upcast))
        and isinstance(edit.properties, dict)
        and plan.action in _ACTIONS
        and type(plan.stop_after) is int
        and plan.stop_after >= 0
        and type(plan.rate) in {int, float}
        and SLOWEST <= plan.rate <= FASTEST
    )
    if not good:
        raise ValueError
    return plan


def read(path: Path) -> Plan:
    """Read a plan.

    Raises:
        DeskError: It cannot be read, or is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        data = _of_this_form(data)
        letters = tuple(Planned(**letter) for letter in data.pop("letters"))
        return _whole(Plan(**{**data, "edit": Edit(**data["edit"]), "letters": letters}))
    except OSError as error:
        message = f"cannot read {path}: {(error.strerror or 'unknown reason').lower()}"
        raise DeskError(message, rule="plan-unreadable") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"{path} is no plan of this version"
        hint = "`clarivum dlq plan` writes one"
        raise DeskError(message, rule="plan-unreadable", hint=hint) from error

"""Code of others: whatever it raises, the caller goes on."""

from collections.abc import Callable
from typing import TypeVar

from clarivum_jobs.core.errors import SandboxEndedError

ResultT = TypeVar("ResultT")
OtherT = TypeVar("OtherT")


def foreign(call: Callable[[], ResultT], *, otherwise: OtherT) -> ResultT | OtherT:
    """Return what foreign code answers; something else if it is left by an error of any kind.

    Properties and texts of an error are foreign code too, and may raise what is no `Exception`.
    """
    try:
        return call()
    except SandboxEndedError:
        raise
    except BaseException:  # noqa: BLE001 - an exit or an interrupt in a property is still its failure
        return otherwise

"""Messages of older payload versions, brought up to the version that the worker reads.

An upcaster is a person's function from the JSON of one version to the JSON of the next.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from clarivum_jobs.core.errors import EnvelopeError, SandboxEndedError
from clarivum_jobs.core.foreign import kind_of

Document: TypeAlias = Mapping[str, Any]
Upcaster: TypeAlias = Callable[[dict[str, Any]], Document]
"""Takes a payload of its version and returns one of the next."""

NONE: Mapping[int, Upcaster] = {}


def upcast(
    document: Document, version: int, current: int, upcasters: Mapping[int, Upcaster]
) -> Document:
    """Return a payload as the current version has it.

    A version without an upcaster is left to the next one: changes that old messages survive need
    none, and a payload that does not fit is refused when it is read.

    Args:
        document: The payload in the message.
        version: The version it was sent as.
        current: The version that the worker reads.
        upcasters: By the version that they take.

    Raises:
        EnvelopeError: An upcaster failed; its words are left out, for they may quote the payload.
    """
    for step in range(version, current):
        if step in upcasters:
            try:
                document = upcasters[step](dict(document))
            except SandboxEndedError:
                raise
            except BaseException as error:
                reason = f"the upcaster from version {step} failed: {kind_of(error)}"
                raise EnvelopeError(reason, code="upcast_failed") from error
    return document

"""What is changed in a letter before it is sent again: properties, or all by a function."""

from __future__ import annotations

import importlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from clarivum_jobs.contract.keys import payload_key
from clarivum_jobs.contract.payload import json_name
from clarivum_jobs.contract.reading import read_strictly, read_tolerantly
from clarivum_jobs.contract.upcasting import upcast
from clarivum_jobs.privacy.sensitive import sensitive_values
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clarivum_jobs import Payload
    from clarivum_jobs.contract.envelope import Envelope
    from envs.desk.place import Job


@dataclass(frozen=True)
class Edit:
    """A change that is made to every letter of a plan.

    Attributes:
        properties: New values by JSON name, as `--set` and `--patch` give them.
        transform: `module:function` that takes a payload as JSON and returns it changed.
        upcast: Whether it is written in the current version of the contract.
    """

    properties: Mapping[str, Any] = field(default_factory=dict)
    transform: str = ""
    upcast: bool = False

    @property
    def changes(self) -> bool:
        """Whether anything is changed at all."""
        return bool(self.properties or self.transform or self.upcast)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


def checked(edit: Edit, job: Job) -> Edit:
    """Return an edit that may be written into a plan.

    Raises:
        DeskError: It names a property that the payload does not have, or a sensitive one, whose
            value must stand in no plan; or a function that is not there.
    """
    model = job.model()
    known = {json_name(name, field) for name, field in model.model_fields.items()}
    for name in edit.properties:
        if name not in known:
            hint = f"there are: {', '.join(sorted(known))}"
            message = f"{job.name} has no property `{name}`"
            raise DeskError(message, rule="unknown-property", hint=hint)
        if job.properties.get(name, {}).get("x-sensitive"):
            message = f"`{name}` is sensitive, and a plan is a file that people pass on"
            hint = "compute it in a function: --transform handlers.repairs:fix"
            raise DeskError(message, rule="sensitive-edit", hint=hint)
    if edit.transform:
        function_of(edit.transform)
    return edit


def function_of(name: str) -> Callable[[dict[str, Any]], Mapping[str, Any]]:
    """Return the function that `module:function` names.

    Raises:
        DeskError: There is none.
    """
    module, _, attribute = name.partition(":")
    hint = "write it as module:function, such as handlers.repairs:fix"
    try:
        found = getattr(importlib.import_module(module), attribute)
    except Exception as error:
        # The module is a person's: it may have mistakes of any kind.
        message = f"there is no function `{name}`: {type(error).__name__}: {error}"
        raise DeskError(message, rule="unknown-function", hint=hint) from error
    if not callable(found):
        message = f"`{name}` is no function"
        raise DeskError(message, rule="unknown-function", hint=hint)
    function: Callable[[dict[str, Any]], Mapping[str, Any]] = found
    return function


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A letter's message after an edit.

    Attributes:
        envelope: It.
        key_changed: Whether it is another piece of work now.
    """

    envelope: Envelope
    key_changed: bool


def rewritten(envelope: Envelope, job: Job, edit: Edit) -> Rewritten:
    """Return a message with its edit made, in the current version of its contract.

    The id stays. The key is computed anew if it was made of the payload; one that somebody named
    stays as it is.

    Raises:
        EnvelopeError: An upcaster failed.
        InvalidPayloadError: The result does not fit the contract.
        DeskError: The person's function failed; its words are left out, for they may quote values.
    """
    model = job.model()
    version = model.contract.version
    known = upcast(envelope.data, envelope.contractversion, version, job.upcasters())
    names = {json_name(name, field) for name, field in model.model_fields.items()}
    document: dict[str, Any] = {**known, **edit.properties}
    if edit.transform:
        document = _transformed(edit.transform, document)
    elif not edit.properties:
        # An upcast alone is read as a worker reads it: what newer senders added is left out.
        document = {name: value for name, value in document.items() if name in names}
    payload = read_strictly(model, document)
    key = envelope.idempotencykey
    if _derived(envelope, known, model):
        key = payload_key(model.contract, payload.model_dump())
    changed = envelope.model_copy(
        update={
            "data": payload.model_dump(mode="json"),
            "contractversion": version,
            "idempotencykey": key,
        }
    )
    return Rewritten(changed, key != envelope.idempotencykey)


def _derived(envelope: Envelope, known: Mapping[str, Any], model: type[Payload]) -> bool:
    """Whether a message's key is that of its payload, and not a name that somebody gave."""
    try:
        payload = read_tolerantly(model, known)
    except Exception:  # noqa: BLE001 - a payload that does not fit, or whose own code fails
        # It did not fit, or it would not be edited: whether its key was made of it is not known.
        return False
    return payload_key(model.contract, payload.model_dump()) == envelope.idempotencykey


def _transformed(name: str, document: dict[str, Any]) -> dict[str, Any]:
    try:
        result = function_of(name)(json.loads(json.dumps(document)))
        text = json.dumps(dict(result), allow_nan=False)
    except DeskError:
        raise
    except Exception as error:
        message = f"{name} failed: {type(error).__name__}"
        raise DeskError(message, rule="transform-failed") from error
    transformed: dict[str, Any] = json.loads(text)
    return transformed


def hidden_in(payload: Payload) -> frozenset[str]:
    """Return the values of a payload that must not be seen."""
    return sensitive_values(payload)

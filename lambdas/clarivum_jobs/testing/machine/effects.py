"""What the code under test does to the outside world, besides queues and records."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from clarivum_jobs.testing.machine.loop import Loop
from clarivum_jobs.testing.machine.router import Answer, Caller, Params
from clarivum_jobs.testing.machine.trace import Trace

_READS = ("Get", "List", "Head", "Describe", "BatchGet")
_OVERWRITES = {"Patch", "Put", "PutItem", "PutParameter"}
"""Operations that leave the same world however often they are repeated with the same input."""


@dataclass(slots=True)
class Effects:
    """The third parties of the handlers: they remember what was done, and how often.

    Attributes:
        done: How often each effect took place, by its name and key.
        asked: How often each was asked for, repeats that were recognised included.
        web: Status and body that an address answers with; asking changes nothing.
        web_reply: Body that an address answers with when something is done there.
        answers: What an operation of a service without a model answers; it may raise
            `RefusedError`.
        asked_for: Hears of every effect that is asked for.
    """

    loop: Loop
    trace: Trace
    done: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    web: Callable[[str], tuple[int, bytes]] = lambda _url: (200, b"{}")
    web_reply: Callable[[str], bytes] = lambda _url: b"{}"
    answers: dict[str, Callable[[Params], Answer]] = field(default_factory=dict)
    asked_for: Callable[[str, str], None] = lambda _name, _key: None

    def perform(self, name: str, key: str, caller: Caller, *, recognised: bool) -> None:
        """Let an effect take place; a party that recognises its key does it once only."""
        effect = f"{name}:{key}"
        self.asked_for(name, key)
        self.asked[effect] = self.asked.get(effect, 0) + 1
        repeat = recognised and effect in self.done
        if not repeat:
            self.done[effect] = self.done.get(effect, 0) + 1
        self.trace.add(self.loop.now, caller.name, "effect", name=effect, repeat=repeat)

    def call(self, operation: str, params: Params, caller: Caller) -> Answer:
        """Stand in for every AWS service that has no model of its own, and for other parties."""
        if operation == "Perform":
            self.perform(params["Name"], params["Key"], caller, recognised=params["Recognised"])
            return {}
        if "Url" in params and operation in {"Get", "Head"}:
            status, body = self.web(params["Url"])
            return {"Status": status, "Body": body}
        if operation in self.answers:
            return self.answers[operation](params)
        if operation.startswith(_READS):
            return {}
        print_ = hashlib.sha256(json.dumps(params, sort_keys=True, default=str).encode())
        key = print_.hexdigest()[:16]
        recognised = operation in _OVERWRITES or bool(params.get("IdempotencyKey"))
        self.perform(operation, key, caller, recognised=recognised)
        body = self.web_reply(params["Url"]) if "Url" in params else b"{}"
        return {"MessageId": key, "ETag": key, "Status": 200, "Body": body}

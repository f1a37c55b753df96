"""Every rule of the gate: a stable id, what must hold, why, and what to do when it does not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a change must not do to messages.

    Attributes:
        id: Stable name, in kebab-case.
        what: What must hold.
        why: What happens otherwise.
        remedy: What to do instead.
    """

    id: str
    what: str
    why: str
    remedy: str


RULES: dict[str, Rule] = {}
"""By id."""

_NEXT_VERSION = "raise `contract` by one and write the upcaster, or take the change back"

ALLOW = "allow it in `allowed_changes`"
"""How a remedy says that a change may be meant."""

_TAKE_BACK = "take the file back from there and run `make generate`"


def _rule(name: str, what: str, why: str, remedy: str = _NEXT_VERSION) -> str:
    RULES[name] = Rule(name, what, why, remedy)
    return name


TYPE = _rule(
    "payload-type-narrowed",
    "A property still takes every kind of value that it took.",
    "A waiting message with such a value goes to the dead-letter queue unread.",
)
VALUE = _rule(
    "payload-value-removed",
    "A list of values still holds every value that it held.",
    "A waiting message with the value goes to the dead-letter queue unread.",
)
BOUND = _rule(
    "payload-bound-narrowed",
    "A number, a length or a count is allowed wherever it was.",
    "A waiting message outside the new bounds goes to the dead-letter queue unread.",
)
STEP = _rule(
    "payload-step-narrowed",
    "A number that was a multiple still is one.",
    "A waiting message with another number goes to the dead-letter queue unread.",
)
PATTERN = _rule(
    "payload-pattern-changed",
    "Text is not held to a pattern that it was not held to.",
    "Whether every waiting message fits the new pattern cannot be told, so it may not.",
)
FORMAT = _rule(
    "payload-format-changed",
    "Text is not held to a format that it was not held to.",
    "A waiting message with other text goes to the dead-letter queue unread.",
)
UNIQUE = _rule(
    "payload-unique-items",
    "A list that could hold a value twice still can.",
    "A waiting message with such a list goes to the dead-letter queue unread.",
)
REQUIRED = _rule(
    "payload-field-required",
    "No property is required that a message could lack.",
    "A waiting message without it goes to the dead-letter queue unread.",
    "give the property a `default` instead, or raise `contract` by one and write the upcaster",
)
FORM = _rule(
    "payload-form-removed",
    "Every form of a `oneOf` is still there.",
    "A waiting message of that form goes to the dead-letter queue unread.",
)
DROPPED = _rule(
    "payload-property-dropped",
    "A property that a message can hold is still read.",
    "A waiting message is taken, and what it says there is gone without a word.",
    "keep the property, or raise `contract` by one and move its value in the upcaster; "
    f"if nobody misses it, {ALLOW}",
)
CONTRACT_LOWERED = _rule(
    "contract-lowered",
    "A contract's number never goes down.",
    "Waiting messages of the higher number are refused as written by newer code.",
    "keep the number, or raise it",
)
CONTRACT_SKIPS = _rule(
    "contract-skips",
    "A contract's number goes up by one.",
    "There is an upcaster from each version to the next, and none over a gap.",
    "raise `contract` by one at a time",
)
HISTORY = _rule(
    "contract-history",
    "What was published of a contract stays as it is.",
    "Messages of that version are alive: without its contract nothing reads them, and nothing "
    "tells what would break them.",
    _TAKE_BACK,
)
TAKEN = _rule(
    "contract-number-taken",
    "A number is published by one branch alone.",
    "Messages of one number would be read by the other's schema, and upcast by nothing.",
    "take the published number as it is, and publish this schema as the next one",
)
UPCASTER_MISSING = _rule(
    "upcaster-missing",
    "Each older version has an upcaster to the next.",
    "The new worker could not read the messages of that version.",
    "write it, from the old payload to the new one; where there is no such file, `make generate` "
    "writes its first text",
)
UPCASTER_FAILS = _rule(
    "upcaster-fails",
    "An upcaster makes a payload of the next version of every payload of its own.",
    "The message would go to the dead-letter queue although the upcaster was to save it.",
    "make the upcaster take the sample",
)
UPCASTER_DROPS = _rule(
    "upcaster-drops",
    "What an older payload says has a part in the next one.",
    "A waiting message is taken, and what it says there is gone without a word.",
    f"let the upcaster keep it; if nobody misses it, {ALLOW}",
)
KEY = _rule(
    "idempotency-key-changed",
    "The key is made of the same fields.",
    "Work that was sent before and is sent again afterwards has two keys, and is done twice.",
    "keep the fields, or make sure that no message of the job is waiting",
)
KEY_DEFAULT = _rule(
    "key-default-changed",
    "The default of a key field stays.",
    "The same work, sent before and sent again afterwards without the field, has two keys.",
    f"keep the default, or {ALLOW}",
)
KEY_SPELLING = _rule(
    "key-spelling-changed",
    "A key field that has one spelling in the key keeps it.",
    "The same work, sent before and sent again afterwards in another spelling, has two keys.",
    f"keep the format, or {ALLOW}",
)
JOB_REMOVED = _rule(
    "job-removed",
    "A job is still there.",
    "Its queues are destroyed with every message in them, dead letters included.",
    "retire it first: `lifecycle: {state: retired}`; remove it once that is deployed and both "
    "queues are empty",
)
JOB_RENAMED = _rule(
    "job-renamed",
    "A job keeps its name.",
    "The name is in the queue's: the old queues are destroyed with every message in them.",
    "write `renamed_from: [{name: ...}]` with the name that it had: its queues are served on",
)
QUEUE_REPLACED = _rule(
    "queue-replaced",
    "The project and the environments keep their names.",
    "They are in every queue's name: the old queues are destroyed with every message in them.",
    "keep the name",
)
RETENTION = _rule(
    "retention-lowered",
    "No queue keeps messages for a shorter time than before.",
    "SQS applies it to waiting messages too: those that are older are deleted.",
    f"lower it when both queues are empty, and {ALLOW}",
)
RECORD_NAME = _rule(
    "record-name-changed",
    "Work is looked for under the name that it is on record.",
    "Everything that was done runs once more when its message comes again.",
    "keep every name that the job ever had in `renamed_from`, the first one first",
)
RECORDS = _rule(
    "record-retention-lowered",
    "Keys are not forgotten earlier than before.",
    "A message that still waits under the old retention can run its effect a second time.",
    f"lower it when the messages sent until now have expired, and {ALLOW}",
)
ATTEMPTS = _rule(
    "attempts-lowered",
    "A message has no fewer attempts than before.",
    "A waiting message that has used as many is dead-lettered without another try.",
    f"{ALLOW}, and replay what was dead-lettered",
)
TIMEOUT = _rule(
    "timeout-lowered",
    "A run has no less time than before.",
    "A waiting message that needs the old time fails every attempt and is dead-lettered.",
    f"if the runs are known to be short, {ALLOW}",
)
ALLOWED_UNKNOWN = _rule(
    "allowed-change-unknown",
    "What is allowed is a rule of the gate.",
    "A misspelt name would allow nothing, and nobody would know.",
    "use the name that the verdict shows in brackets",
)
ALLOWED_EXPIRED = _rule(
    "allowed-change-expired",
    "What is allowed has not expired.",
    "It allows nothing any more: the reason may no longer hold.",
    "remove it, or look at the change again and set another day",
)
LONGEST_ALLOWANCE = 90
"""Days that a change may be allowed for, from today."""

ALLOWED_FAR = _rule(
    "allowed-change-far",
    f"What is allowed is allowed for {LONGEST_ALLOWANCE} days at most.",
    "An entry that outlives its change allows the next one, and by then nobody looks at it.",
    "set a nearer day: the entry is needed until the change is deployed everywhere",
)
ALLOWED_UNUSED = _rule(
    "allowed-change-unused",
    "What is allowed does happen.",
    "It would allow the next such change unseen.",
    "remove it",
)

ALLOWABLE = tuple(
    rule
    for rule in RULES
    if rule not in (ALLOWED_UNKNOWN, ALLOWED_EXPIRED, ALLOWED_FAR, ALLOWED_UNUSED)
)
"""What `allowed_changes` may name."""

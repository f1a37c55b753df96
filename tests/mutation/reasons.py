"""Why no test can notice some mistakes, by the name that a mistake has in the report."""

LIBRARY = "clarivum_jobs."

_NOBODY_CHANGES = (
    "frozen or slotted: nobody of ours changes such a value, and nothing is worked out"
)

_REASONS = {
    "schedules.overlap:Overlap.blocked: return False | nothing is returned": (
        "who asks reads a truth: none is as false as False"
    ),
    "contract.constraints:: class MultipleOf: | True is False (2)": _NOBODY_CHANGES,
    "worker.attempt:: class Attempts(Generic[PayloadT]): | True is False": _NOBODY_CHANGES,
    "records.claiming:: class Begin: | True is False (2)": _NOBODY_CHANGES,
    "records.lookup:: class Summary: | True is False (2)": _NOBODY_CHANGES,
    "core.settings:: class WorkerSettings: | True is False": _NOBODY_CHANGES,
    "worker.services:: class Services: | True is False": _NOBODY_CHANGES,
    "producer.batching:_send_batch: time.sleep(random.uniform(0, 0.1 * 2 ** attempt))"
    " | Mult is undone": "a drawn wait of milliseconds or of none: only its upper bound is another",
}

REASONS: dict[str, str] = {f"{LIBRARY}{name}": why for name, why in _REASONS.items()}

"""Claims without an answer: they may stand in the table, and nobody works under them."""

from dataclasses import dataclass, field, replace

from clarivum_jobs.records.errors import RecordStoreError
from clarivum_jobs.records.work_item import WorkItem, last_words


@dataclass(frozen=True)
class Unheld:
    """What one sandbox claimed and never heard of; another one waits until such a claim ends.

    Attributes:
        claims: For each item the tokens of such claims, and whether each began an attempt.
    """

    claims: dict[str, dict[str, bool]] = field(default_factory=dict)

    def add(self, item_id: str, owner: str, *, begins: bool) -> None:
        """Remember a claim that was sent and not answered."""
        self.claims.setdefault(item_id, {})[owner] = begins

    def heard(self, item_id: str) -> None:
        """Forget about an item: what stands there now is known."""
        self.claims.pop(item_id, None)

    def seen_through(self, item_id: str, found: WorkItem | None, now: int) -> WorkItem | None:
        """Return the work as if such a claim had been let go, and its attempt had not been counted.

        Args:
            item_id: The work's item.
            found: What is on record of it.
            now: The time, in milliseconds since the epoch.
        """
        begins = self.claims.get(item_id, {}).get(found.owner) if found else None
        if found is None or begins is None:
            return found
        if not begins:
            return replace(found, lease=0)
        *earlier, last = found.attempts
        cut_off = last_words(last, RecordStoreError(done=False).code, now, counts=False)
        return replace(found, lease=0, number=found.number - 1, attempts=(*earlier, cut_off))

"""Every log line of every test, held against every sensitive value that a worker has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clarivum_jobs.privacy import observability, sensitive
from clarivum_jobs.worker import attempt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

# Shorter values stand in ordinary words and numbers.
_TELLING = 6


@pytest.fixture(scope="session", autouse=True)
def no_log_line_holds_a_sensitive_value() -> Iterator[None]:
    """At the end of the session, fail if any line that was logged holds one of the values."""
    lines: list[str] = []
    values: set[str] = set()
    serialise, find = observability._serialise, sensitive.sensitive_values  # noqa: SLF001 - listened to, not changed

    def written(line: Any) -> str:  # noqa: ANN401 - whatever Powertools hands over
        lines.append(serialise(line))
        return lines[-1]

    def found(payload: BaseModel) -> frozenset[str]:
        hidden = find(payload)
        values.update(value for value in hidden if len(value) >= _TELLING)
        return hidden

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observability, "_serialise", written)
        patch.setattr(attempt, "sensitive_values", found)
        yield
    told = [(value, line) for value in values for line in lines if value in line]
    assert told == [], f"{len(lines)} lines, {len(values)} values"

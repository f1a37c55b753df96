"""The generator's idea of a format is the run-time library's."""

import pytest
from pydantic import TypeAdapter, ValidationError

from clarivum_jobs.contract import formats
from generator.contracts.formats import is_formatted
from generator.contracts.types import Format

TYPES = {
    Format.UUID: formats.Uuid,
    Format.EMAIL: formats.Email,
    Format.URI: formats.Uri,
    Format.DATE: formats.Date,
    Format.TIME: formats.Time,
    Format.DATE_TIME: formats.DateTime,
    Format.DURATION: formats.Duration,
}
RIGHT = {
    Format.UUID: ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", "7F3D2C1A-9B4E-4F6A-8C5D-0E1F2A3B4C5D"],
    Format.EMAIL: ["ada@example.com", "a.b+c@x-y.example", "o'hara@example.org"],
    Format.URI: ["https://example.com/a?b=c#d", "urn:isbn:123", "mailto:a@b.example", "x:%20"],
    Format.DATE: ["2026-01-31", "2024-02-29"],
    Format.TIME: ["09:30:00Z", "23:59:59.123456-11:30", "00:00:00z"],
    Format.DATE_TIME: ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.5+02:00"],
    Format.DURATION: ["P1D", "PT1H30M", "P1Y2M3DT4H5M6S", "P4W", "PT36S"],
}
WRONG = {
    Format.UUID: ["", "7f3d2c1a", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5g"],
    Format.EMAIL: [
        *("", "a", "a@b", "@b.example", "a@@b.example", "a b@c.example", ".a@b.example"),
        *("a@-b.example", "a@b..example", f"{'a' * 65}@b.example", f"a@{'c.' * 130}d"),
    ],
    Format.URI: ["", "a", "/path", "http://a b", "1x:y", "http://x:0/", "http://x:99999/", "x:%2"],
    Format.DATE: ["", "2026-02-30", "2026-1-1", "31.01.2026"],
    Format.TIME: ["", "09:30:00", "24:00:00Z", "9:30:00Z", "09:30Z", "09:30:00+25:00"],
    Format.DATE_TIME: [
        *("", "2026-01-31T09:30:00", "2026-01-31T25:00:00Z", "2026-01-31 09:30:00Z"),
        *("2026-01-31", "20260131T093000Z", "1769851800"),
    ],
    Format.DURATION: ["", "P", "PT", "P1H", "P1DT", "P1W2D", "1D", "P1YT5S6H", "-P1D"],
}


@pytest.mark.parametrize("form", list(Format))
def test_both_accept_and_both_refuse(form: Format) -> None:
    """A default or a schedule's payload that passes here is accepted by the worker, no other."""
    adapter: TypeAdapter[object] = TypeAdapter(TYPES[form])
    for text in RIGHT[form] + WRONG[form]:
        try:
            adapter.validate_json(f'"{text}"', strict=True)
            accepted = True
        except ValidationError:
            accepted = False

        assert accepted == is_formatted(text, form) == (text in RIGHT[form]), text

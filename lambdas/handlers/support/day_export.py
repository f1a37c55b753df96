"""A day's events in the data bucket: parts of gzip NDJSON, and a manifest that counts their rows.

What was reached is kept beside the parts after each of them, so an attempt goes on where the one
before it ended. A part that was written and not yet counted is written again, under the same name.
"""

import gzip
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from botocore.exceptions import ClientError
from pydantic import BaseModel, ConfigDict

from clarivum_jobs.core import clients
from handlers.support.events import Page

MOST_ROWS = 50_000
"""Of a part; a page that begins below it is taken whole."""

_ABSENT = "NoSuchKey"


class Part(BaseModel):
    """One object of rows."""

    model_config = ConfigDict(frozen=True)

    key: str
    rows: int
    bytes: int


class Progress(BaseModel):
    """How far a day has come.

    Attributes:
        cursor: The page to go on with; none when there is no more.
        parts: What is written.
    """

    model_config = ConfigDict(frozen=True)

    cursor: str | None = ""
    parts: tuple[Part, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows are written."""
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True, slots=True)
class DayExport:
    """A day of an export.

    Attributes:
        bucket: The data bucket.
        export_id: Name of the export.
        day: The day, as ISO 8601 has it.
    """

    bucket: str
    export_id: str
    day: str

    def done(self) -> bool:
        """Whether its manifest is there, which is written last."""
        return self._read("manifest.json") is not None

    def progress(self) -> Progress:
        """Return how far it has come."""
        found = self._read("progress.json")
        return Progress() if found is None else Progress.model_validate_json(found)

    def add(
        self, progress: Progress, ask: Callable[[str], Page], in_time: Callable[[], bool]
    ) -> Progress:
        """Write one more part, of one page at least, and return how far that has come.

        Args:
            progress: How far it had come; there is more.
            ask: Returns the page of a cursor.
            in_time: Asked before each further page whether there is time for it.
        """
        cursor, rows, lines = progress.cursor, 0, _Lines()
        while cursor is not None and rows < MOST_ROWS:
            page = ask(cursor)
            lines.add(page.events)
            rows += len(page.events)
            cursor = page.next
            if not in_time():
                break
        parts = progress.parts
        if rows:
            content = lines.finish()
            name = f"part-{len(parts) + 1:05}.ndjson.gz"
            self._write(name, content, "application/gzip")
            parts += (Part(key=self._key(name), rows=rows, bytes=len(content)),)
        reached = Progress(cursor=cursor, parts=parts)
        self._write("progress.json", reached.model_dump_json().encode())
        return reached

    def finish(self, progress: Progress) -> None:
        """Write the manifest: from here on the day is exported."""
        manifest = {
            "export": self.export_id,
            "day": self.day,
            "format": "ndjson.gz",
            "rows": progress.rows,
            "parts": [part.model_dump() for part in progress.parts],
        }
        self._write("manifest.json", json.dumps(manifest, indent=2).encode())
        self.forget_progress()

    def forget_progress(self) -> None:
        """Remove what only an unfinished day needs."""
        clients.s3().delete_object(Bucket=self.bucket, Key=self._key("progress.json"))

    def _key(self, name: str) -> str:
        return f"exports/{quote(self.export_id, safe='')}/{self.day}/{name}"

    def _read(self, name: str) -> bytes | None:
        try:
            found = clients.s3().get_object(Bucket=self.bucket, Key=self._key(name))
        except ClientError as error:
            if clients.error_code(error) == _ABSENT:
                return None
            raise
        return found["Body"].read()

    def _write(self, name: str, content: bytes, kind: str = "application/json") -> None:
        clients.s3().put_object(
            Bucket=self.bucket, Key=self._key(name), Body=content, ContentType=kind
        )


class _Lines:
    """Rows as they are compressed: no more is held than the bytes of one part."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        # No name and no time: equal rows make equal bytes.
        self._gzip = gzip.GzipFile(filename="", fileobj=self._bytes, mode="wb", mtime=0)

    def add(self, events: Sequence[Any]) -> None:
        for event in events:
            line = json.dumps(event, allow_nan=False, separators=(",", ":"))
            self._gzip.write(line.encode("ascii") + b"\n")

    def finish(self) -> bytes:
        self._gzip.close()
        return self._bytes.getvalue()

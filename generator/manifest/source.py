"""The manifest's text: read within bounds, parsed strictly, each part's place remembered."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import yaml

from generator.diagnostics import Finding, Severity
from generator.manifest.merge_marks import conflict
from generator.manifest.positions import Place, Positions, Where
from generator.manifest.yaml_mistakes import explained
from generator.manifest.yaml_reader import Complaint, Reader, RefusedError, Value

__all__ = ["Source", "Where"]

MAX_BYTES = 32 * 1024 * 1024
"""A file above this is not a manifest that a person keeps."""


class Source:
    """One manifest file: its plain value, and where in the text each part of it stands.

    Attributes:
        name: The file as the person named it.
        text: What is in it; empty if it could not be read as text.
        value: The parsed document; None if it could not be parsed.
        findings: What is wrong with the file or its YAML.
    """

    def __init__(self, path: Path) -> None:
        """Read and parse `path`; what goes wrong is in `findings`, nothing is raised."""
        self.name = str(path)
        self.text = ""
        self.value: Value = None
        self.findings: list[Finding] = []
        self._positions = Positions()
        self._read(path)
        if not self.findings:
            self._parse()

    def finding(  # noqa: PLR0913 - a finding is that many things
        self,
        where: Where,
        rule: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
        key: bool = False,
        offset: int = 0,
    ) -> Finding:
        """Return a finding at a place, or at what of it exists; at its key if asked.

        `offset` is a number of characters into the value, kept where the text shows it as it is.
        """
        line, column = self.place(where, key=key)
        if offset:
            column += self._inside(where, line, column, offset)
        return Finding(self.name, line, column, rule, message, severity, hint)

    def place(self, where: Where, *, key: bool = False) -> Place:
        """Return the line and column of a place, or of what of it exists; of its key if asked."""
        return self._within(self._positions.find(self.value, where, key=key))

    def commented(self, found: Finding, key: str) -> Finding:
        """Return what was found of a key without a value, told anew if a comment stands for it."""
        line = found.line
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        remark = re.search(r":\s+(#\S.*)$", text)
        if not remark:
            return found
        hint = f'`#` begins a comment: write `{key}: "{remark[1].rstrip()}"`, in quotes'
        return replace(found, hint=hint)

    def _read(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            self._complain(((1, 1), "file-unreadable", f"cannot read the manifest: {reason}", ""))
            return
        if len(raw) > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            message = f"the manifest is larger than {limit} MiB"
            self._complain(((1, 1), "file-too-large", message, ""))
            return
        try:
            self.text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            place = (before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
            self._complain((place, "file-not-utf8", "not UTF-8 text", "save the file as UTF-8"))

    def _parse(self) -> None:
        left = conflict(self.text)
        if left is not None:
            self._complain(left)
            return
        try:
            with _uncollected():
                read = Reader(self.text)
        except RefusedError as refused:
            self._complain(refused.complaint)
            return
        except yaml.YAMLError as error:
            self._complain(explained(error, self._lines))
            return
        if read.empty:
            self._complain(
                ((1, 1), "file-empty", "the manifest is empty", "begin with `version: 1`")
            )
            return
        self.value, self._positions = read.value, read.positions
        for complaint in read.complaints:
            self._complain(complaint)

    def _inside(self, where: Where, line: int, column: int, offset: int) -> int:
        """Return how far right of its value's beginning a character stands; 0 if it is unclear."""
        value: Value = self.value
        for part in where:
            if isinstance(value, dict) or (isinstance(value, list) and isinstance(part, int)):
                value = value[part]  # type: ignore[index] # it was read there
        shown = self._lines[line - 1][column - 1 :] if line <= len(self._lines) else ""
        quote = 1 if shown[:1] in {"'", '"'} else 0
        return offset + quote if isinstance(value, str) and shown[quote:].startswith(value) else 0

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines() or [""]

    def _within(self, place: Place) -> Place:
        """Return a place of the text: the parser speaks of the line after one that does not end."""
        return (
            place if place[0] <= len(self._lines) else (len(self._lines), len(self._lines[-1]) + 1)
        )

    def _complain(self, complaint: Complaint) -> None:
        place, rule, message, hint = complaint
        line, column = self._within(place)
        self.findings.append(Finding(self.name, line, column, rule, message, hint=hint))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: it would look again and again at values that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

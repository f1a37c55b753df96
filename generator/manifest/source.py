"""The manifest's text: read within bounds, parsed strictly, positions only when asked for."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import yaml

from generator.diagnostics import Finding, Severity
from generator.manifest import yaml_guard
from generator.manifest.yaml_values import Loader, Value, build

Where: TypeAlias = tuple[str | int, ...]
"""A place in the manifest: the keys and indexes that lead to it from the top."""


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
        self._indexed: dict[yaml.Node, Mapping[str | int, tuple[yaml.Node, yaml.Node]]] = {}
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
        line, column = self._mark(where, key=key)
        if offset:
            column += self._inside(where, line, column, offset)
        return Finding(self.name, line, column, rule, message, severity, hint)

    def _read(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                raw = file.read(yaml_guard.MAX_BYTES + 1)
        except OSError as error:
            reason = (error.strerror or "cannot be read").lower()
            self._complain((1, 1), "file-unreadable", f"cannot read the manifest: {reason}")
            return
        if len(raw) > yaml_guard.MAX_BYTES:
            limit = yaml_guard.MAX_BYTES // 1024 // 1024
            self._complain((1, 1), "file-too-large", f"the manifest is larger than {limit} MiB")
            return
        try:
            self.text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            place = (before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
            self._complain(place, "file-not-utf8", "not UTF-8 text", "save the file as UTF-8")

    def _parse(self) -> None:
        try:
            refused = yaml_guard.refusal(self.text)
            if refused is not None:
                mark, *rest = refused
                self._complain(_place(mark), *rest)
                return
            with _uncollected():
                root = self._compose()
        except yaml.YAMLError as error:
            self._complain(*_explain(error, self.text))
            return
        if root is None:
            self._complain((1, 1), "file-empty", "the manifest is empty")
            return
        self.value, complaints = build(root)
        for mark, *rest in complaints:
            self._complain(_place(mark), *rest)

    def _compose(self) -> yaml.Node | None:
        loader = Loader(self.text)
        try:
            node: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
        return node

    @cached_property
    def _root(self) -> yaml.Node | None:
        """The document once more, with positions; composed when the first finding asks."""
        try:
            with _uncollected():
                return self._compose()
        except yaml.YAMLError:
            return None

    def _mark(self, where: Where, *, key: bool) -> tuple[int, int]:
        node = self._root
        if node is None:
            return (1, 1)
        mark = node.start_mark
        for depth, part in enumerate(where):
            found = self._children(node).get(part)
            if found is None:
                return _place(mark)
            key_node, node = found
            last = depth == len(where) - 1
            # A part that is left out is reported at the key of what should hold it.
            mark = key_node.start_mark if key or not last else node.start_mark
        return _place(mark)

    def _children(self, node: yaml.Node) -> Mapping[str | int, tuple[yaml.Node, yaml.Node]]:
        """Return the key and value nodes of a node, remembered: findings come in thousands."""
        if node not in self._indexed:
            pairs: dict[str | int, tuple[yaml.Node, yaml.Node]] = {}
            if isinstance(node, yaml.MappingNode):
                pairs = {key.value: (key, value) for key, value in node.value if _is_text(key)}
            elif isinstance(node, yaml.SequenceNode):
                pairs = {index: (item, item) for index, item in enumerate(node.value)}
            self._indexed[node] = pairs
        return self._indexed[node]

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

    def _complain(self, place: tuple[int, int], rule: str, message: str, hint: str = "") -> None:
        line, column = place
        last = len(self._lines)
        if line > last:
            # The parser speaks of the line after a text that does not end its last one.
            line, column = last, len(self._lines[-1]) + 1
        self.findings.append(Finding(self.name, line, column, rule, message, hint=hint))


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the garbage collector: it would look again and again at nodes that all stay."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _place(mark: "yaml_guard.Mark | None") -> tuple[int, int]:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _explain(error: yaml.YAMLError, text: str) -> tuple[tuple[int, int], str, str, str]:
    if not isinstance(error, yaml.MarkedYAMLError):
        return (1, 1), "yaml-syntax", f"not readable as YAML: {str(error).splitlines()[0]}", ""
    problem = error.problem or "not readable as YAML"
    hint = ""
    place = _place(error.problem_mark)
    if _char_at(text, place) == "\t":
        hint = "indent with spaces; YAML does not allow tabs"
    elif "alias" in f"{error.context} {problem}":
        hint = "quote a value that starts with & or *, such as a cron expression"
    elif "mapping values are not allowed" in problem:
        hint = "quote a value that contains a colon followed by a space"
    context = f"{error.context}, " if error.context else ""
    return place, "yaml-syntax", f"{context}{problem}", hint


def _char_at(text: str, place: tuple[int, int]) -> str:
    lines = text.splitlines()
    line = lines[place[0] - 1] if place[0] <= len(lines) else ""
    return line[place[1] - 1 : place[1]]

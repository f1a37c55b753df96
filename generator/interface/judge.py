"""All calls of modules: each argument exists, required ones are given, types fit."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Finding, Severity
from generator.interface.fits import (
    MISSING_ARGUMENT,
    UNKNOWN_ARGUMENT,
    Misfit,
    misfits,
)
from generator.interface.kinds import kind_of
from generator.interface.reading import (
    Reading,
    Tf,
    UnreadableError,
    Variable,
    folder,
    has_calls,
    text_of,
)
from generator.interface.values import UNKNOWN, Lookup, Value, rendered, value_of
from generator.manifest.resolved import Manifest, Worker
from generator.render.terraform import arguments, shared
from generator.words import did_you_mean

PLACES = ("envs/*", "modules/*")
"""Where roots and modules are."""

_META = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})
_DEEPEST = 10
"""Local values that refer to each other are followed so far: Terraform refuses circles, we end."""


@dataclass(frozen=True, slots=True)
class Text:
    """One `.tf` file: its path from the root, and what is in it."""

    path: str
    content: str


def judge(
    root: Path, manifest: Manifest, generated: Mapping[str, str]
) -> Iterator[tuple[Finding, str]]:
    """Yield what is wrong with the calls under a root, each with the text of its file.

    A block that stands on disk as it is rendered is not parsed but judged by the values that it is
    rendered from, which is a hundred times faster; tests parse what is rendered, and compare.

    Args:
        root: The repository; one without a folder `modules` has its modules elsewhere, and is not
            judged.
        manifest: What the generated calls are rendered from.
        generated: What the machine's files should be, by path.

    Raises:
        OSError: A file cannot be read.
    """
    if not (root / "modules").is_dir():
        return
    places = {path.parent for place in PLACES for path in root.glob(f"{place}/*.tf")}
    with Reading(root) as reading:
        for place in sorted(places):
            workers = manifest.workers.get(place.name, ()) if place.parent.name == "envs" else ()
            yield from _Folder(root, place, reading, generated, workers).findings()


class _Folder:
    """One root or module, and what it calls."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        reading: Reading,
        generated: Mapping[str, str],
        workers: tuple[Worker, ...],
    ) -> None:
        self._folder, self._reading, self._workers = folder, reading, workers
        self._texts = [
            Text(path.relative_to(root).as_posix(), text_of(path))
            for path in sorted(folder.glob("*.tf"))
        ]
        self._rendered = generated
        self._called: dict[str, Mapping[str, Variable] | None] = {}

    def findings(self) -> Iterator[tuple[Finding, str]]:
        """Yield what is wrong with each call, with the text of its file."""
        known, each = Tf(), list[tuple[Text, dict[str, dict[str, Any]]]]()
        if not any(has_calls(text.content) for text in self._texts):
            return
        for text in self._texts:
            try:
                found = self._reading.read(self._changed(text))
            except UnreadableError as error:
                message = f"its module calls are not checked, it cannot be read: {error}"
                finding = Finding(text.path, 1, 1, "module-unread", message, Severity.WARNING)
                yield finding, text.content
                continue
            known.variables |= found.variables
            known.locals |= found.locals
            each.append((text, found.calls))
        made = {name: rendered(value) for name, value in shared(self._workers).items()}
        lookup = _lookup(known, made if self._workers else {})
        for text, calls in each:
            for label, passed in calls.items():
                values = {name: value_of(given, lookup) for name, given in passed.items()}
                for misfit in self._of_call(label, values):
                    yield _finding(text, label, misfit), text.content
            if text.path in self._rendered:
                yield from self._of_workers(text, set(calls))

    def _of_workers(self, text: Text, parsed: Collection[str]) -> Iterator[tuple[Finding, str]]:
        """Judge the blocks that stand as they are rendered by what they are rendered from."""
        for worker in self._workers:
            if worker.job.module not in parsed:
                values = {name: rendered(given) for name, given in arguments(worker).items()}
                for misfit in self._of_call(worker.job.module, values):
                    yield _finding(text, worker.job.module, misfit), text.content

    def _changed(self, text: Text) -> str:
        """Return what of a file is not as it was rendered: for a person's file all of it."""
        if text.path not in self._rendered:
            return text.content
        if text.content == self._rendered[text.path]:
            return ""
        rendered = {block.strip() for block in _blocks(self._rendered[text.path])}
        return "\n".join(b for b in _blocks(text.content) if b.strip() not in rendered)

    def _of_call(self, label: str, values: Mapping[str, Value]) -> Iterator[Misfit]:
        source = values.get("source")
        if not isinstance(source, str) or not source.startswith(("./", "../")):
            return
        try:
            variables = self._variables(source)
        except UnreadableError:
            # Told at the module itself.
            return
        if variables is None:
            message = f"module `{label}` calls {source}, and there is no such module"
            yield Misfit(("source",), "module-not-there", message)
        else:
            yield from judged(label, values, variables)

    def _variables(self, source: str) -> Mapping[str, Variable] | None:
        """Return the inputs of a called module; None if there is no such module.

        Raises:
            UnreadableError: The parser does not understand it.
        """
        if source not in self._called:
            self._called[source] = variables_of(self._reading, self._folder / source)
        return self._called[source]


def variables_of(reading: Reading, module: Path) -> dict[str, Variable] | None:
    """Return the inputs of a module; None if there is no such module.

    Raises:
        UnreadableError: The parser does not understand one of its files.
    """
    files = sorted(module.glob("*.tf"))
    texts = [text_of(file) for file in files]
    return folder(reading, (t for t in texts if "variable " in t)).variables if files else None


def judged(
    label: str, arguments: Mapping[str, Value], variables: Mapping[str, Variable]
) -> Iterator[Misfit]:
    """Yield what is wrong with the arguments of one call."""
    for name in arguments:
        if name not in variables and name not in _META and not name.startswith("__"):
            message = f"module `{label}` is given `{name}`, which it does not take"
            hint = did_you_mean(name, variables) or f"it takes {', '.join(sorted(variables))}"
            yield Misfit((name,), UNKNOWN_ARGUMENT, message, hint)
    for name, variable in variables.items():
        given = name in arguments
        if variable.required and (not given or (arguments[name] is None and not variable.nullable)):
            how = "is null" if given else "is not given"
            message = f"module `{label}` needs `{name}`, which {how}"
            yield Misfit((name,) if given else (), MISSING_ARGUMENT, message, f"add `{name} = ...`")
        elif given:
            yield from misfits(arguments[name], kind_of(variable.type), (name,))


def _lookup(known: Tf, made: Mapping[str, Value], depth: int = 0) -> Lookup:
    """Return how names of a folder are looked up; `made` are local values that are not parsed."""

    def look(group: str, name: str) -> Value:
        if group == "var":
            variable = known.variables.get(name)
            return kind_of(variable.type) if variable else UNKNOWN
        if name not in known.locals or depth == _DEEPEST:
            return made.get(name, UNKNOWN)
        return value_of(known.locals[name], _lookup(known, made, depth + 1))

    return look


def _blocks(text: str) -> list[str]:
    """Return the top-level blocks of a generated file, as it lays them out."""
    return re.split(r"^(?=module \"|locals \{)", text, flags=re.MULTILINE)


def _finding(text: Text, label: str, misfit: Misfit) -> Finding:
    line, column = place_of(text.content, label, misfit.path)
    return Finding(text.path, line, column, misfit.rule, misfit.message, hint=misfit.hint)


def place_of(text: str, label: str, path: tuple[str, ...]) -> tuple[int, int]:
    """Return line and column of an argument, or of as much of its path as is found."""
    block = re.search(rf'^module "{re.escape(label)}" \{{', text, re.MULTILINE)
    if block is None:
        return 1, 1
    at, end = block.start(), text.find("\n}", block.end())
    for depth, name in enumerate(path):
        indent = r"^[ \t]*" if depth == 0 else r"(?:^|[{,])[ \t]*"
        pattern = re.compile(rf'{indent}"?({re.escape(name)})"?\s*[=:]', re.MULTILINE)
        found = pattern.search(text, at, end if end > 0 else len(text))
        if found is None and not name.isdigit():
            break
        at = found.start(1) if found else at
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

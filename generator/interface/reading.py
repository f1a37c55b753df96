"""What `.tf` files say of variables, local values and module calls; parsed once for each content.

The parser is slow, some 30 ms a module block, and the files of a repository seldom change: what was
read is kept under `.local`, by the hash of what it was read from.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

PLACE = Path(".local", "interface.json")
"""Where what was read is kept, from the repository's root."""

_FORM = b"1"
"""Changes when what is kept changes its form."""

_BLOCK = re.compile(r'^(?:(?:variable|module) "|locals \{).*?^\}', re.MULTILINE | re.DOTALL)
"""One top-level block as `terraform fmt` lays it out: resources are not read, which saves most."""

_CALLS = re.compile(r'^module "', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Variable:
    """One input of a module.

    Attributes:
        type: Its type constraint, as written; `any` if it has none.
        required: Whether it has no default.
        nullable: Whether it may be null.
    """

    type: str
    required: bool
    nullable: bool


@dataclass(slots=True)
class Tf:
    """What one file, or all files of a folder, say; values in the parser's form.

    Attributes:
        variables: By name.
        locals: By name.
        calls: Arguments of each module block, by its label.
    """

    variables: dict[str, Variable] = field(default_factory=dict)
    locals: dict[str, Any] = field(default_factory=dict)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)


class UnreadableError(Exception):
    """The parser does not understand a text; Terraform may."""


def text_of(path: Path) -> str:
    """Return what a file holds; bytes that are no UTF-8 stand as signs that no parser takes.

    Raises:
        OSError: It cannot be read.
    """
    return path.read_text(encoding="utf-8", errors="replace")


class Reading:
    """Reads texts, each content once.

    Use as a context: what is new is kept at the end, and what is not used any more forgotten.
    """

    def __init__(self, root: Path) -> None:
        """Begin with what was kept under a repository's root; a broken file of it is nothing."""
        self._file = root / PLACE
        self._kept: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self._kept = kept if isinstance(kept, dict) else {}

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Keep what was used, unless nothing changed; a disk that refuses is no error."""
        if self._used != self._kept:
            with suppress(OSError):
                self._keep()

    def read(self, text: str) -> Tf:
        """Return what a text says.

        Raises:
            UnreadableError: The parser does not understand it.
        """
        blocks = "\n".join(_BLOCK.findall(text))
        if not blocks:
            return Tf()
        name = hashlib.sha256(_FORM + text.encode()).hexdigest()
        try:
            return self._remembered(name, self._kept[name])
        except (KeyError, TypeError, AttributeError):
            return self._remembered(name, _parsed(blocks, text))

    def _remembered(self, name: str, kept: Mapping[str, Any]) -> Tf:
        variables = {key: Variable(*values) for key, values in kept["variables"].items()}
        found = Tf(variables, dict(kept["locals"]), dict(kept["calls"]))
        self._used[name] = kept
        return found

    def _keep(self) -> None:
        self._file.parent.mkdir(exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._file.parent, prefix=".interface")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self._used, file)
        Path(name).replace(self._file)


def folder(reading: Reading, texts: Iterable[str]) -> Tf:
    """Return what the files of a folder say together.

    Raises:
        UnreadableError: The parser does not understand one of them.
    """
    found = Tf()
    for text in texts:
        one = reading.read(text)
        found.variables |= one.variables
        found.locals |= one.locals
        found.calls |= one.calls
    return found


def has_calls(text: str) -> bool:
    """Say whether a text calls a module."""
    return _CALLS.search(text) is not None


def _parsed(blocks: str, text: str) -> dict[str, Any]:
    """Parse the blocks of a text, or all of it where they do not stand for themselves."""
    import hcl2  # noqa: PLC0415 - slow to load, and not needed where all is known already

    # Its lexer and its own rules raise whatever they like.
    try:
        document = hcl2.loads(blocks)
    except Exception:  # noqa: BLE001
        try:
            document = hcl2.loads(text)
        except Exception as error:
            raise UnreadableError(str(error).partition("\n")[0]) from error
    variables = {
        name: (_type(body.get("type", "any")), "default" not in body, body.get("nullable", True))
        for name, body in _labelled(document.get("variable", ()))
    }
    local = {
        name: value
        for block in document.get("locals", ())
        for name, value in block.items()
        if not name.startswith("__")
    }
    calls = dict(_labelled(document.get("module", ())))
    plain: dict[str, Any] = json.loads(
        json.dumps({"variables": variables, "locals": local, "calls": calls})
    )
    return plain


def _labelled(blocks: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, dict[str, Any]]]:
    for block in blocks:
        for label, body in block.items():
            if not label.startswith("__"):
                yield label.strip('"'), body


def _type(written: object) -> str:
    text = str(written)
    return text[2:-1] if text.startswith("${") else text.strip('"')

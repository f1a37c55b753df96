"""Rows of what people wait for: the verbs of the generator on this repository's own manifest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.bench.measuring import Row, Side
from tests.bench.processes import FOLDER, ROOT, run, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LIBRARIES = ("pydantic", "yaml", "jinja2")
_LOADED = """
import sys
try:
    {run}
except SystemExit:
    pass
print(*sorted(set(sys.modules) & {libraries}))
"""
_MAIN = "from generator.cli import main; main({words}, standalone_mode=False)"


def check() -> Row:
    """Return the row of `check` where nothing changed, against loading what it needs."""
    return _row("check, nothing changed", ["check"], _LIBRARIES, 1.3)


def refused() -> Row:
    """Return the row of `validate` where the manifest is no YAML, which needs no models."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    broken = FOLDER / "broken.yaml"
    broken.write_text("version: 1\nproject: [\n", encoding="utf-8")
    return _row("validate, no YAML", ["validate", "--manifest", str(broken)], ("yaml",), 2.0)


def _row(name: str, words: Sequence[str], libraries: Sequence[str], goal: float) -> Row:
    command = _MAIN.format(words=list(words))
    imports = f"import {', '.join(libraries)}"
    return Row(
        name,
        "a run",
        Side("ours", whole(lambda: [sys.executable, "-c", _caught(command)], _loads(command))),
        (
            Side(
                f"bare import of {', '.join(libraries)}",
                whole(lambda: [sys.executable, "-c", imports], _loads(imports)),
                goal,
            ),
        ),
    )


def _caught(command: str) -> str:
    return f"try:\n    {command}\nexcept SystemExit as end:\n    assert end.code in (None, 0, 2)"


def _loads(command: str) -> Callable[[], Mapping[str, object]]:
    """Return what says which of the libraries a command loads; it is asked once."""
    text = _LOADED.format(run=command, libraries=set(_LIBRARIES))
    done = run([sys.executable, "-c", text], place=ROOT)
    loaded = done.stdout.splitlines()[-1].split()
    return lambda: {"loads": loaded}

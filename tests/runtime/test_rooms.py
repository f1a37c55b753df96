"""The library's rooms know each other in one direction."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "lambdas" / "clarivum_jobs"

KNOWS = {
    "core": set(),
    "contract": {"core"},
    "privacy": {"core", "contract"},
    "producer": {"core", "contract"},
    "records": {"core", "contract"},
    "schedules": {"core", "contract", "producer", "records"},
    "worker": {"core", "contract", "privacy", "producer", "records", "schedules"},
    "testing.machine": {"core"},
    "testing.aws": {"core", "testing.machine"},
    "testing.terraform": {"testing.aws", "testing"},
    "testing.checks": {"contract", "producer", "testing.machine", "testing.aws", "testing"},
}
"""What each room may import from, itself apart; the files of `testing` itself know all of it."""


def room_of(module: str) -> str:
    """Return the room that a module of the library stands in; empty for the library itself."""
    parts = module.split(".")[1:]
    deepest = [".".join(parts[:2]), parts[0] if parts else ""]
    return next((room for room in deepest if room in KNOWS or room == "testing"), "")


def imports_of(path: Path) -> Iterator[str]:
    """Yield the library's modules that a file imports, those for its types among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("clarivum_jobs"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(room: str) -> list[Path]:
    """Return the Python files of a room."""
    return sorted((LIBRARY / room.replace(".", "/")).glob("*.py"))


@pytest.mark.parametrize("room", KNOWS)
def test_a_room_knows_those_before_it(room: str) -> None:
    """Whoever reads a room needs only the rooms that it names, and nothing imports the worker."""
    wrong = [
        f"{path.relative_to(LIBRARY)} imports {name}"
        for path in files_of(room)
        for name in imports_of(path)
        if room_of(name) not in {room, *KNOWS[room]}
    ]

    assert files_of(room)
    assert wrong == []


def test_every_file_stands_in_a_room() -> None:
    """A new folder says what it knows; the library's own file only names what producers use."""
    folders = {".".join(path.parent.relative_to(LIBRARY).parts) for path in LIBRARY.rglob("*.py")}

    assert folders == {*KNOWS, "testing", "."} - {"."} | {""}
    assert [path.name for path in LIBRARY.glob("*.py")] == ["__init__.py"]


def test_the_arrows_have_no_circle() -> None:
    """The rooms can be put in an order."""
    left = {room: set(known) - {"testing"} for room, known in KNOWS.items()}
    while left:
        first = [room for room, known in left.items() if not known & left.keys()]
        assert first, left
        for room in first:
            del left[room]

"""Changes that a gate on samples, or one that walks by identity of objects, gets wrong."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.contracts.formats import is_formatted
from generator.contracts.lengths import EXTREMES
from generator.contracts.trivial import fits_everything
from tests.generator.manifests import job, manifest

pytestmark = pytest.mark.long

GIVEN = Path(__file__).parent / "given"
LEVELS = 16
MANY_LEVELS = 60


def compat(folder: Path, old: str = "old.yaml", new: str = "new.yaml") -> Result:
    """Return what the gate says about two manifests of a folder."""
    paths = ["--against", str(folder / old), "--manifest", str(folder / new)]
    return CliRunner().invoke(main, ["compat", "--root", str(folder), *paths])


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("enum-481", 1, '`sku`: "v480" cannot be read by the new worker'),
        ("any-to-all-types", 0, "every message in flight stays readable"),
        ("arr-min-unique", 0, "a list that holds a value twice cannot be read by the old worker"),
        ("email-min6", 1, '"a@b.c"'),
        ("pattern-to-trivial", 0, "cannot be read by the old worker"),
        ("addl-true-to-false-nested", 0, "in `k`, properties that are not named would be dropped"),
        ("map-to-closed-object", 0, "in `k`, properties that are not named would be dropped"),
    ],
)
def test_the_verdict_follows_from_the_sets_of_values(name: str, status: int, said: str) -> None:
    """What is finite is compared whole, and what is lost is named."""
    result = compat(GIVEN / name)

    assert (result.exit_code, said in result.output) == (status, True), result.output


def test_recursion_ends_where_a_type_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recursive tagged `oneOf` is generated, checked and compared, again and again."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(GIVEN / "recursive-tagged-oneof" / "jobs.yaml", tmp_path)

    for command in (["generate"], ["generate"], ["check"], ["compat", "--against", "jobs.yaml"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, (command, result.output, result.exception)


def diamond(levels: int, required: list[str], *leaf: str) -> str:
    """Return a manifest whose definitions each use the next one twice."""
    definitions: dict[str, Any] = {
        f"l{n}": {
            "type": "object",
            "required": required,
            "properties": {name: {"$ref": f"#/$defs/l{n + 1}"} for name in ("a", "b")},
        }
        for n in range(levels)
    }
    definitions[f"l{levels}"] = {"enum": list(leaf)}
    payload = {
        "type": "object",
        "required": ["order_id"],
        "properties": {"order_id": {"type": "string"}, "top": {"$ref": "#/$defs/l0"}},
        "$defs": definitions,
    }
    return manifest({"send-receipt": job(payload=payload)})


@pytest.mark.parametrize("required", [[], ["a", "b"]])
@pytest.mark.parametrize("levels", [LEVELS, MANY_LEVELS])
def test_a_diamond_is_compared_level_by_level(
    levels: int, required: list[str], tmp_path: Path
) -> None:
    """Sixty levels have 2^60 ways through them: only a walk that remembers comes to an end."""
    (tmp_path / "old.yaml").write_text(diamond(levels, required, "x", "y"))
    (tmp_path / "new.yaml").write_text(diamond(levels, required, "x"))

    assert compat(tmp_path, new="old.yaml").exit_code == 0
    refused = compat(tmp_path)
    assert refused.exit_code == 1
    assert '"y" cannot be read' in refused.output


def test_extremes_are_texts_of_their_format() -> None:
    """The shortest and the longest text is judged by the format's own validator."""
    for form, (shortest, longest) in EXTREMES.items():
        assert is_formatted(shortest, form)
        assert longest is None or (is_formatted(longest, form) and len(longest) >= len(shortest))


def test_nothing_shorter_or_longer_is_of_the_format() -> None:
    """Every character is taken out, or put in twice, at every place of an extreme text."""
    for form, (shortest, longest) in EXTREMES.items():
        for at in range(len(shortest)):
            assert not is_formatted(shortest[:at] + shortest[at + 1 :], form), (form, at)
        for at in range(len(longest or "")):
            assert longest is not None
            assert not is_formatted(longest[:at] + longest[at] + longest[at:], form), (form, at)


@pytest.mark.parametrize(
    "pattern", ["", "^", "$", "a*", "a|", "^a?", "b*$", r"^[\s\S]*$", "^[^]*$"]
)
def test_trivial_patterns(pattern: str) -> None:
    """Every text fits them."""
    assert fits_everything(pattern)


@pytest.mark.parametrize("pattern", ["a", "^$", "^.*$", "^a*$", r"\b", "a+", "^a*b", r"^[^\0]*$"])
def test_patterns_that_ask_for_something(pattern: str) -> None:
    """Some text does not fit them."""
    assert not fits_everything(pattern)


def test_verdicts_are_read_by_tools() -> None:
    """The JSON form holds the same findings."""
    folder = GIVEN / "enum-481"
    paths = ["--against", str(folder / "old.yaml"), "--manifest", str(folder / "new.yaml")]
    result = CliRunner().invoke(main, ["compat", "--format", "json", *paths])

    assert [found["rule"] for found in json.loads(result.output)] == ["payload-value-removed"]

"""What `generate` did and what `check` found, for people and for tools."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from generator.diagnostics import Finding, Severity
from generator.drift import Drift
from generator.remembered import IN_ORDER
from generator.words import visible
from generator.write import Written

_HOMELESS = "no job has this name any more, and it holds code of yours: move or delete it"
_VERDICTS = (
    ("missing", "planned, but not there", "`make generate` writes it"),
    ("stale", "generated from another jobs.yaml", "`make generate` brings it up to date"),
    (
        "outdated",
        "made from this jobs.yaml, but by another version of the generator",
        "bring .venv up to date (`make validate` does), or `make generate` and commit it by itself",
    ),
    ("edited", "changed by hand", "say it in jobs.yaml; `make generate` overwrites the edit"),
    (
        "unsigned",
        "planned, and what is there carries no header",
        "move it away if it is yours; `make generate` overwrites it",
    ),
    ("orphans", "no job needs it any more", "`make generate` deletes it"),
    ("leftovers", "left by a run that was interrupted", "`make generate` deletes it"),
    ("foreign", "not generated, in a place that is the generator's", "move or delete it by hand"),
)
_NAMES = {
    "missing": "missing",
    "stale": "stale",
    "outdated": "other-version",
    "edited": "hand-edited",
    "unsigned": "unsigned",
    "orphans": "orphan",
    "leftovers": "leftover",
    "foreign": "foreign",
}


def drift_as_text(drift: Drift) -> str:
    """Return what `check` prints: each verdict with its remedy and its files."""
    blocks = []
    for attribute, meaning, remedy in _VERDICTS:
        if paths := getattr(drift, attribute):
            blocks.append(_block(_NAMES[attribute], f"{meaning}; {remedy}", paths))
    if drift.homeless:
        blocks.append(_block("note", _HOMELESS, drift.homeless))
    if not drift:
        blocks.append(IN_ORDER)
    return "\n".join(blocks)


def drift_as_findings(drift: Drift) -> tuple[Finding, ...]:
    """Return the drift as findings at the first line of each file."""
    found = [
        Finding(path, 1, 1, f"drift-{_NAMES[attribute]}", meaning, hint=remedy)
        for attribute, meaning, remedy in _VERDICTS
        for path in getattr(drift, attribute)
    ]
    found += [
        Finding(path, 1, 1, "homeless-handler", _HOMELESS, Severity.WARNING)
        for path in drift.homeless
    ]
    return tuple(found)


def written_as_text(written: Written) -> str:
    """Return what `generate` prints: one line a file, or that there was nothing to do."""
    lines = [
        *_lines("created", written.created),
        *_lines("changed", written.changed),
        *_lines("changed", written.overwritten, " (a hand edit was overwritten)"),
        *_lines("deleted", written.deleted),
        *_lines(
            "kept",
            written.kept,
            ": not generated, in a place that is the generator's; move or delete it by hand",
        ),
        *_lines("note", written.homeless, f": {_HOMELESS}"),
    ]
    done = (
        len(written.created)
        + len(written.changed)
        + len(written.overwritten)
        + len(written.deleted)
    )
    lines.append(
        f"{done} files written or deleted."
        if done
        else "Nothing to write: every generated file is up to date."
    )
    return "".join(f"{line}\n" for line in lines)


def written_as_data(written: Written, findings: Sequence[Finding]) -> dict[str, object]:
    """Return what `generate` did as JSON-like data."""
    return {**asdict(written), "findings": [asdict(finding) for finding in findings]}


def _lines(verb: str, paths: Iterable[str], remark: str = "") -> list[str]:
    return [f"{verb:<8} {visible(path)}{remark}" for path in paths]


def _block(name: str, meaning: str, paths: Iterable[str]) -> str:
    return f"{name}: {meaning}\n" + "".join(f"  {visible(path)}\n" for path in paths)

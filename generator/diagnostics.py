"""What is wrong, where, and how it is said: one record, three printers.

Every part of the generator that judges the manifest yields `Finding`s.
None prints, none exits; that is for the command line.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from generator.words import visible


class Severity(StrEnum):
    """How much a finding matters: an error stops, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one place of one file, in words that stand on one line.

    Attributes:
        file: The file as the person named it.
        line: Counted from one.
        column: Counted from one, in characters.
        rule: Stable id of what found it.
        message: What is wrong, in one sentence without a full stop.
        severity: Whether it stops.
        hint: What to do about it; empty if that is obvious.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""

    def __post_init__(self) -> None:
        """Escape what is not printable in the words, which quote what people wrote."""
        for name in ("file", "message", "hint"):
            object.__setattr__(self, name, visible(getattr(self, name)))


_FEW_ALIKE, _SHOWN_ALIKE = 10, 3
_FEW_OF_A_RULE, _SHOWN_OF_A_RULE = 100, 20
_LISTED = 12
_NAMES = tuple(field.name for field in fields(Finding))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings from top to bottom of the file, each once."""
    return tuple(
        sorted(set(findings), key=lambda f: (f.file, f.line, f.column, f.rule, f.message, f.hint)),
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any of the findings stops the run."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def as_text(findings: Iterable[Finding], source: str) -> str:
    """Return what a terminal shows: place, message, the source line with a caret, the hint.

    Of many equal ones the first few are shown, and of the others the lines.
    """
    lines = source.splitlines()
    return "".join(
        "".join(_text_of(finding, lines) for finding in shown) + _rest(others)
        for shown, others in _grouped(tuple(findings))
    )


def summary(findings: Iterable[Finding]) -> str:
    """Return the closing line that counts the findings, empty if there are none."""
    severities = Counter(finding.severity for finding in findings)
    counted = [
        f"{count:,} {severity}{'' if count == 1 else 's'}"
        for severity in Severity
        if (count := severities[severity])
    ]
    return f"{' and '.join(counted)}\n" if counted else ""


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings as one JSON array, for tools."""
    entries = [{name: getattr(finding, name) for name in _NAMES} for finding in findings]
    return json.dumps(entries, indent=2) + "\n"


def as_github(findings: Iterable[Finding]) -> str:
    """Return workflow commands, which GitHub shows beside the line in a pull request."""
    return "".join(
        f"::{f.severity} file={_property(f.file)},line={f.line},col={f.column},"
        f"title={_property(f.rule)}::{_data(_sentence(f))}\n"
        for f in findings
    )


def _grouped(
    findings: Sequence[Finding],
) -> Iterator[tuple[Sequence[Finding], Sequence[Finding]]]:
    """Yield what is shown, in order, each time with the others that are counted there."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    of_rule = Counter(finding.rule for finding in findings)
    for finding in findings:
        alike.setdefault((finding.rule, finding.message, finding.hint), []).append(finding)
    told: Counter[str] = Counter()
    for finding in findings:
        group = alike[finding.rule, finding.message, finding.hint]
        first = finding is group[0]
        if len(group) > _FEW_ALIKE:
            if first:
                yield group[:_SHOWN_ALIKE], group[_SHOWN_ALIKE:]
        elif of_rule[finding.rule] > _FEW_OF_A_RULE:
            told[finding.rule] += 1
            if told[finding.rule] < _SHOWN_OF_A_RULE:
                yield (finding,), ()
            elif told[finding.rule] == _SHOWN_OF_A_RULE:
                yield (finding,), _later(finding, findings, alike)
        else:
            yield (finding,), ()


def _later(
    last: Finding,
    findings: Sequence[Finding],
    alike: Mapping[tuple[str, str, str], Sequence[Finding]],
) -> Sequence[Finding]:
    """Return the findings of a rule after the last one that is shown, without those grouped."""
    ours = [
        finding
        for finding in findings
        if finding.rule == last.rule
        and len(alike[finding.rule, finding.message, finding.hint]) <= _FEW_ALIKE
    ]
    return ours[_SHOWN_OF_A_RULE:]


def _rest(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    lines = [str(finding.line) for finding in findings[:_LISTED]]
    listed = ", ".join(lines) + (", ..." if len(findings) > _LISTED else "")
    return f"  and {len(findings):,} more of [{findings[0].rule}], in lines {listed}\n"


def _text_of(finding: Finding, lines: list[str]) -> str:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    text = f"{place}: {finding.severity}[{finding.rule}]: {finding.message}\n"
    if 0 < finding.line <= len(lines) and lines[finding.line - 1].strip():
        shown, indent = _window(lines[finding.line - 1], finding.column)
        text += f"    {shown}\n    {indent}^\n"
    if finding.hint:
        text += f"  hint: {finding.hint}\n"
    return text


def _window(line: str, column: int, width: int = 100) -> tuple[str, str]:
    """Cut a very long line to what surrounds the column; tabs count as one character."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    seen = "".join(char if char.isprintable() else " " for char in line[start : start + width])
    return seen.rstrip(), " " * (column - 1 - start)


def _sentence(finding: Finding) -> str:
    return f"{finding.message} ({finding.hint})" if finding.hint else finding.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

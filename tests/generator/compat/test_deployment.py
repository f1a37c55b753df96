"""The order of deployment, the table of who reads what and the last line say one thing.

`REPORTS` says how many reports are written.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.ownership import stamped_json
from tests import chance
from tests.generator import manifests
from tests.generator.compat.states import CONTRACTS, UPCASTERS
from tests.generator.compat.test_small_worlds import VALUES, changed, finite, value
from tests.generator.manifests import job, manifest

pytestmark = [pytest.mark.drawn, pytest.mark.long]

REPORTS = chance.count("REPORTS", 150, 2_000)
KINDS = {"refused", "in order", "drained", "at once", "minded"}
JOB = "send-receipt"
FIRST = CONTRACTS / "1.json"

Json = Any


def test_the_parts_of_a_report_agree(tmp_path: Path) -> None:
    """Random changes: of the payload, the number, older upcasters, clocks; some of them allowed."""
    draw = chance.drawer(__name__)
    seen: Counter[str] = Counter()
    for file in (UPCASTERS, FIRST):
        (tmp_path / file).parent.mkdir(parents=True)
    while seen.total() < REPORTS or (set(seen) != KINDS and seen.total() < 10 * REPORTS):
        old = value(draw, 2)
        new = changed(draw, old) if draw.random() < 0.7 else value(draw, 2)
        if draw.random() < 0.3:
            listed = draw.sample(VALUES, 4)
            old, new = {"enum": listed[:2]}, {"enum": listed}
        if finite(old) is None or finite(new) is None:
            continue
        (tmp_path / FIRST).unlink(missing_ok=True)
        number = draw.choice(["1"] * 8 + ["raised", "older"])
        settings: Json = {} if number == "1" else {"contract": 2}
        before = of_one(old, {"timeout": "30s"})
        if number != "1":
            body = draw.choice(["return payload", "raise ValueError", "raise NotImplementedError"])
            (tmp_path / UPCASTERS).write_text(f"def from_1(payload):\n    {body}\n")
        if number == "older":
            before = of_one(old, {"timeout": "30s", **settings})
            document = {**payload_of(old), "x-key": ["k"]}
            (tmp_path / FIRST).write_text(stamped_json(json.dumps(document, indent=2) + "\n"))
        if draw.random() < 0.2:
            settings["timeout"] = draw.choice(["10s", "50s"])
        status, report = said(tmp_path, before, of_one(new, {"timeout": "30s", **settings}))
        seen[judge(status, report)] += 1
        rules = re.findall(r"^new.yaml:\S+: \w+\[([a-z-]+)\]", report, re.MULTILINE)
        if rules and draw.random() < 0.7:
            chosen = draw.sample(sorted(set(rules)), draw.randint(1, len(set(rules))))
            after = of_one(new, {"timeout": "30s", **settings}, chosen)
            seen[judge(*said(tmp_path, before, after))] += 1

    assert set(seen) == KINDS, seen


def of_one(schema: Json, settings: Json, allowed: list[str] | None = None) -> str:
    """Return a manifest of one job, with some rules allowed."""
    settings = {"payload": payload_of(schema), "idempotency": {"key": ["k"]}, **settings}
    entries = [
        {"rule": rule, "job": JOB, "reason": "r", "owner": "o", "until": manifests.soon()}
        for rule in allowed or ()
    ]
    return manifest({JOB: job(**settings)}, allowed_changes=entries)


def payload_of(schema: Json) -> Json:
    """Return a payload of one property."""
    return {"type": "object", "required": ["k"], "properties": {"k": schema}}


def said(folder: Path, old: str, new: str) -> tuple[int, str]:
    """Return what the gate says."""
    (folder / "old.yaml").write_text(old)
    (folder / "new.yaml").write_text(new)
    paths = ["--against", str(folder / "old.yaml"), "--manifest", str(folder / "new.yaml")]
    result = CliRunner().invoke(main, ["compat", "--root", str(folder), *paths])
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, result.output.replace(f"{folder}/", "")


def judge(status: int, report: str) -> str:
    """Hold the parts of a report against each other, and say what kind of report it is."""
    new_reads_old = set(re.findall(r"new worker reads old message: (\w+)", report))
    old_reads_new = set(re.findall(r"old worker reads new message: (\w+)", report))
    errors = len(re.findall(r"^new.yaml:\S+: error", report, re.MULTILINE))
    stop = re.search(rf"^Do not deploy:\n  {JOB}: (.*)", report, re.MULTILINE)
    step = re.search(rf"^Deploy in this order:\n  {JOB}: (.*)", report, re.MULTILINE)
    allowed = "\nAllowed:\n" in f"\n{report}"

    assert status == (1 if errors else 0), report
    assert len(new_reads_old) < 2, report
    assert len(old_reads_new) < 2, report
    assert not (stop and step), report
    drained = step is not None and "queues are empty" in step[1]
    assert (bool(stop) or drained) >= ("no" in new_reads_old), report
    assert ("stays readable" in report) <= (not allowed and not errors), report
    if stop:
        assert errors, report
        assert ("cannot read" in stop[1]) == ("no" in new_reads_old), report
        return "refused"
    if step:
        assert drained <= allowed, report
        assert drained or "the worker first" in step[1], report
        assert "yes" not in old_reads_new or "the worker first" not in step[1], report
        return "drained" if drained else "in order"
    assert "no" not in old_reads_new, report
    return "at once" if "stays readable" in report else "minded"

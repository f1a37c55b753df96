"""Every block of every document is run by its language, here or by the test that a table names."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hcl2
import pytest
import yaml

from clarivum_jobs.testing import World
from generator.diagnostics import has_errors
from generator.interface.fits import MISSING_ARGUMENT
from generator.interface.judge import judged, variables_of
from generator.interface.reading import Reading
from generator.interface.values import UNKNOWN, value_of
from generator.manifest.model import Job, Manifest
from generator.pipeline import examine
from tests.documents.pieces import ELSEWHERE, UNTRIED, Piece, pieces
from tests.generator import manifests
from tests.repo.tracked import ROOT, copy_tree
from tests.simulator.manifest import deployment, site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.interface.reading import Variable

ALL = pieces()
HERE = [piece for piece in ALL if not piece.executor and not piece.reason]


def of(*languages: str) -> pytest.MarkDecorator:
    """Parametrise a test by what is run here in some languages."""
    # What two documents show alike is run once.
    found = {piece.text: piece for piece in HERE if piece.language in languages}.values()
    return pytest.mark.parametrize("piece", found, ids=lambda piece: f"{piece.place}-{piece.name}")


def test_every_block_is_run_somewhere() -> None:
    """Here by its language, or as the tables say, which name nothing that is not there."""
    unknown = [piece.place for piece in HERE if piece.language not in EXECUTORS]
    shown = {(piece.document, piece.language, piece.name) for piece in ALL}
    named = shown | {(document, language, "") for document, language, _ in shown}
    languages = {(piece.language, piece.name) for piece in ALL if not piece.executor}

    assert len(ALL) > 100
    assert unknown == []
    assert [row for row in ELSEWHERE if row not in named] == []
    assert [row for row in UNTRIED if row not in languages] == []


@pytest.mark.parametrize("test", sorted(set(ELSEWHERE.values())))
def test_what_runs_elsewhere_is_there_and_reads_the_document(test: str) -> None:
    """The function exists, and those that read documents name these."""
    file, _, name = test.partition("::")
    text = (ROOT / file).read_text("utf-8")
    functions = {
        node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)
    }
    documents = {document for (document, _, word), found in ELSEWHERE.items()
                 if found == test and not word}  # fmt: skip

    assert name in functions
    for document in documents:
        assert document.removeprefix("docs/") in text


@pytest.mark.long
@of("python")
def test_python_runs(piece: Piece, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what its text takes for granted at hand."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    SETUPS[piece.document](piece, tmp_path)


def _beside_a_file(piece: Piece, folder: Path) -> None:
    (folder / "page.html").write_text("<p>", encoding="utf-8")
    names: dict[str, Any] = {"__file__": str(folder / "module.py")}
    exec(f"from pathlib import Path\n{piece.text}", names)  # noqa: S102 - our own document
    made = [value for value in names.values() if isinstance(value, Path)]
    assert [path.read_text("utf-8") for path in made] == ["<p>"]


_SIMULATED = """
import uuid
from clarivum_jobs import enqueue
from clarivum_jobs.worker import Worker
from generated.payloads.lead_enrichment import LeadEnrichment

lead = uuid.uuid4()
build = lambda: Worker(LeadEnrichment, lambda payload, context: None)
"""


def _under_pytest(piece: Piece, folder: Path) -> None:
    (folder / "test_it.py").write_text(_SIMULATED + piece.text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "clarivum_jobs.testing.plugin", "test_it.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'lambdas'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in done.stdout, done.stdout + done.stderr


_RANGE = """
from datetime import date
from clarivum_jobs.producer import enqueue
from clarivum_jobs.testing.deployment import TABLE as table
from generated.payloads.analytics_backfill import AnalyticsBackfill
"""


def _in_a_world(piece: Piece, _folder: Path) -> None:
    """Both blocks of a range in one world: what is sent, then how it fares."""
    send = next(one for one in HERE if one.document == piece.document).text
    with World(seed=1) as world:
        world.deploy(deployment("analytics-backfill"))
        site(world)
        names: dict[str, Any] = {}
        exec(f"{_RANGE}receipt = {send}", names)  # noqa: S102 - our own document
        world.settle()
        if piece.text != send:
            *lines, last = ast.parse(piece.text).body
            exec(ast.unparse(ast.Module(lines, [])), names)  # noqa: S102 - likewise
            counted = eval(ast.unparse(last), names)  # noqa: S307 - likewise
            assert counted == {"done": 92}


SETUPS: dict[str, Callable[[Piece, Path], None]] = {
    "docs/dependencies.md": _beside_a_file,
    "docs/simulator.md": _under_pytest,
    "docs/workloads.md": _in_a_world,
}
"""What a document's Python takes for granted."""


@of("yaml")
def test_yaml_is_taken_by_the_generator(
    piece: Piece, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a manifest, or as the part of one that its keys belong to; no error, and nothing idle."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798588800")  # the end of 2026, of which they speak
    manifests.write(tmp_path, json.dumps(_whole(yaml.safe_load(piece.text))))

    examined = examine(tmp_path / "jobs.yaml", tmp_path)
    idle = [found for found in examined.findings if "unused" in found.rule]
    assert examined.manifest is not None, examined.findings
    assert not has_errors(examined.findings)
    assert idle == []


def _whole(value: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest around a part of one."""
    rate = [{"name": "hourly", "rate": "1 hour", "payload": {"order_id": "x"}}]
    sample = manifests.job(schedule=rate) if "allow" in value else manifests.job()
    whole = {"version": 1, "project": "shop", "environments": ["dev"]}
    if "version" in value:
        return value
    if value.keys() <= Job.model_fields.keys():
        return {**whole, "jobs": {"sample": {**sample, **value}}}
    if value.keys() <= Manifest.model_fields.keys():
        return {**whole, "jobs": {"sample": sample}, **value}
    return {**whole, "jobs": {name: {**sample, **part} for name, part in value.items()}}


@of("hcl")
def test_hcl_is_what_its_module_or_root_takes(piece: Piece) -> None:
    """A call of a module is complete; values of a root are of its variables and of their types."""
    document = hcl2.loads(piece.text)
    calls = {
        label.strip('"'): _values(body)
        for block in document.pop("module", ())
        for label, body in block.items()
    }
    for kind in ("data", "resource"):
        document.pop(kind, None)
    ours = {label: values for label, values in calls.items() if _ours(values)}
    for label, values in ours.items():
        assert list(judged(label, values, _variables(f"modules/{_last(values)}"))) == []
    if document:
        values = _values(document)
        found = [
            misfit
            for root in _roots(values)
            for misfit in judged("root", values, _variables(root))
            if misfit.rule != MISSING_ARGUMENT or misfit.path
        ]
        assert found == []


def _values(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value_of(given, lambda *_: UNKNOWN) for name, given in body.items()}


def _ours(values: dict[str, Any]) -> bool:
    """Whether a call is of a module of this repository, as seen from a root or another module."""
    return str(values["source"]).startswith("../")


def _last(values: dict[str, Any]) -> str:
    return str(values["source"]).rpartition("/")[2]


def _variables(folder: str) -> dict[str, Variable]:
    found = variables_of(Reading(ROOT), ROOT / folder)
    assert found, folder
    return found


def _roots(values: dict[str, Any]) -> list[str]:
    """Return the root that knows most of some names: bootstrap, or an environment."""
    places = ("envs/bootstrap", "envs/dev")
    return [max(places, key=lambda place: len(values.keys() & _variables(place).keys()))]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a clone of its own, with the tree as its only commit, known as origin/main too."""
    root = tmp_path_factory.mktemp("scratch") / "jobs"
    copy_tree(root)
    (root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    identity = ("-c", "user.name=reader", "-c", "user.email=reader@example.org")
    for words in (
        ("init", "--quiet"),
        ("add", "."),
        (*identity, "commit", "--quiet", "--message", "all of it"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    ):
        subprocess.run(["git", *words], cwd=root, check=True)  # noqa: S607 - git is found on the PATH
    yield root
    shutil.rmtree(root)


@pytest.mark.long
@of("console", "sh")
def test_a_command_runs_in_a_clone(piece: Piece, scratch: Path) -> None:
    """As it stands, and ends well; one about an account comes as far as a reader without one.

    A file that the step before makes is there.
    """
    for word in piece.text.split():
        if word.endswith(".lock.hcl"):
            (scratch / word).write_text("", encoding="utf-8")
    program, *words = piece.text.split()
    if program == "make":
        # The clone borrows the environment of this run: it is not to be made anew.
        words = ["--no-print-directory", "--old-file=.venv/.ready", *words]
    done = subprocess.run(
        [sys.executable if program == "python" else program, *words],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": "lambdas:."},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if "ENV=" in piece.text:
        assert "account_id" in said
    assert done.returncode == (2 if "ENV=" in piece.text else 0), said


EXECUTORS = ("python", "yaml", "hcl", "console", "sh")

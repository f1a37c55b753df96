"""Rows of `generate`: against the least that it can cost, and against other generators."""

from __future__ import annotations

import json
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

from tests.bench.measuring import Row, Side
from tests.bench.processes import FOLDER, OWN, PEERS, run, whole
from tests.bench.shop import manifest, names
from tests.bench.sides.generating_floor import PER_JOB, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_CHALICE = """
from chalice import Chalice, Cron

app = Chalice(app_name="shop")
"""
_CHALICE_JOB = """
@app.on_sqs_message(queue="{name}", name="{name}")
def {word}(event):
    pass

@app.schedule(Cron(20, 4, "*", "*", "?", "*"), name="{name}-nightly")
def {word}_nightly(event):
    pass
"""


def against_floor(jobs: int) -> Row:
    """Return the row of so many jobs against the same files without any check."""
    folder = _prepared(jobs)
    templates = _templates(folder)
    ours, floor = folder / "ours", folder / "floor"
    path = folder / "jobs.yaml"

    def least() -> list[str]:
        _empty(floor)
        module = "tests.bench.sides.generating_floor"
        return [OWN, "-m", module, str(path), str(templates), str(floor)]

    return Row(
        f"generate, {jobs} jobs",
        "a run",
        Side("ours", whole(lambda: _ours(path, ours), lambda: _extent(ours))),
        (Side("C YAML, pydantic, Jinja2", whole(least, lambda: _extent(floor)), goal=1.25),),
    )


def against_peers(jobs: int) -> Row:
    """Return the row of so many jobs against generators of others, which write fewer kinds."""
    folder = _prepared(jobs)
    ours, path = folder / "ours", folder / "jobs.yaml"

    def work(count: Callable[[], int]) -> Callable[[], Mapping[str, object]]:
        return lambda: {"jobs": count()}

    def modules(place: Path) -> int:
        return sum(1 for each in place.rglob("job[_-]*.py") if "class " in each.read_text())

    cdk, chalice, codegen = (folder / name for name in ("cdk", "chalice", "codegen"))
    return Row(
        f"generate, {jobs} jobs, all that follows",
        "a run",
        Side("ours", whole(lambda: _ours(path, ours), work(lambda: modules(ours / _PAYLOADS)))),
        (
            Side(
                "CDK for Python: CloudFormation",
                whole(lambda: _cdk(jobs, cdk), work(lambda: _functions_of_stack(cdk))),
                goal=1 / 12,
            ),
            Side(
                "datamodel-code-generator: models",
                whole(lambda: _codegen(folder, codegen), work(lambda: modules(codegen))),
                goal=1 / 2,
            ),
            Side(
                "Chalice: Terraform",
                whole(lambda: _chalice(jobs, chalice), work(lambda: _functions_of_app(chalice))),
                goal=1.0,
            ),
        ),
        turns=1,
    )


_OTHER = re.compile("job[-_](?!aaaa)[a-z]{4}([./]|$)")
"""What is named after a job, the first apart."""

_PAYLOADS = "lambdas/generated/payloads"


def _prepared(jobs: int) -> Path:
    folder = FOLDER / f"generate-{jobs}"
    _empty(folder)
    (folder / "jobs.yaml").write_text(manifest(jobs), encoding="utf-8")
    schemas = folder / "schemas"
    run(_ours(folder / "jobs.yaml", folder / "first"))
    schemas.mkdir()
    for name in names(jobs):
        contract = folder / "first" / "lambdas" / "generated" / "contracts" / name / "1.json"
        shutil.copy(contract, schemas / f"{name}.json")
    return folder


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _ours(path: Path, folder: Path) -> list[str]:
    _empty(folder)
    words = ("-m", "generator", "generate", "--manifest", str(path), "--root", str(folder))
    return [sys.executable, *words]


def _extent(folder: Path) -> Mapping[str, object]:
    """Return how many files lie in a folder, and their bytes."""
    sizes = [each.stat().st_size for each in folder.rglob("*") if each.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def _templates(folder: Path) -> Path:
    """Make a template of each kind of file that ours wrote, with a name in it where it had one."""
    first, templates = folder / "first", folder / "templates"
    for path in sorted(each for each in first.rglob("*") if each.is_file()):
        name = path.relative_to(first).as_posix()
        text = path.read_text("utf-8")
        if "job-aaaa" in name or "job_aaaa" in name:
            place = templates / PER_JOB / name.replace("aaaa", "NAME")
            text = _raw(text).replace("aaaa", "{% endraw %}{{ letters }}{% raw %}")
        elif _OTHER.search(name):
            continue
        else:
            place, text = templates / SHARED / name, _raw(text)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return templates


def _raw(text: str) -> str:
    return f"{{% raw %}}{text}{{% endraw %}}"


def _cdk(jobs: int, folder: Path) -> list[str]:
    _empty(folder)
    return [PEERS, "-m", "tests.bench.sides.generating_cdk", str(jobs), str(folder)]


def _functions_of_stack(folder: Path) -> int:
    template: dict[str, Any] = json.loads((folder / "shop.template.json").read_text("utf-8"))
    kinds = [each["Type"] for each in template["Resources"].values()]
    return kinds.count("AWS::Lambda::EventSourceMapping")


def _codegen(folder: Path, target: Path) -> Sequence[str]:
    _empty(target)
    words = ("--input", folder / "schemas", "--input-file-type", "jsonschema", "--output", target)
    more = ("--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin")
    return [PEERS, "-m", "datamodel_code_generator", *map(str, words), *more]


def _chalice(jobs: int, folder: Path) -> Sequence[str]:
    _empty(folder)
    app = folder / "app"
    (app / ".chalice").mkdir(parents=True)
    config = {"version": "2.0", "app_name": "shop", "stages": {"dev": {}}}
    (app / ".chalice" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (app / "requirements.txt").write_text("", encoding="utf-8")
    functions = (_CHALICE_JOB.format(name=n, word=n.replace("-", "_")) for n in names(jobs))
    (app / "app.py").write_text(_CHALICE + "".join(functions), encoding="utf-8")
    words = ("--project-dir", app, "package", "--pkg-format", "terraform", folder / "out")
    return [PEERS, "-c", "from chalice.cli import main; main()", *map(str, words)]


def _functions_of_app(folder: Path) -> int:
    written: dict[str, Any] = json.loads((folder / "out" / "chalice.tf.json").read_text("utf-8"))
    return len(written["resource"]["aws_lambda_event_source_mapping"])

"""What roots pass to modules is judged without Terraform."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.diagnostics import Finding
from generator.interface.judge import judge, variables_of
from generator.interface.reading import PLACE, Reading, Variable
from generator.manifest.resolved import Manifest
from generator.pipeline import examine, planned
from tests.chance import drawer
from tests.generator.interface.drawn import Arguments, mistakes, right
from tests.repo.tracked import ROOT

SEED = int(os.environ.get("INTERFACE_SEED") or Random().randrange(10**6))  # noqa: S311 - printed, for replay
NONE = Manifest("none", (), (), {})
MODULES = ("job", "platform", "bucket", "dashboards", "alarms", "queue", "schedule", "worker")


@pytest.fixture(scope="module")
def interfaces() -> dict[str, dict[str, Variable]]:
    """Return the inputs of every module of the collection."""
    found = {name: variables_of(Reading(ROOT), ROOT / "modules" / name) for name in MODULES}
    return {name: variables for name, variables in found.items() if variables}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with the collection, and a root that calls nothing."""
    shutil.copytree(ROOT / "modules", tmp_path / "modules")
    (tmp_path / "envs" / "dev").mkdir(parents=True)
    return tmp_path


def written(root: Path, calls: list[tuple[str, Arguments]]) -> None:
    """Write a root that makes some calls, the first one labelled `m0`."""
    blocks = []
    for number, (module, arguments) in enumerate(calls):
        lines = "".join(f"  {name} = {text}\n" for name, text in arguments.items())
        blocks.append(f'module "m{number}" {{\n  source = "../../modules/{module}"\n{lines}}}\n')
    (root / "envs/dev/main.tf").write_text("\n".join(blocks), encoding="utf-8")


def found(root: Path) -> list[Finding]:
    """Return what is wrong with the root's calls."""
    return [finding for finding, _ in judge(root, NONE, {})]


@pytest.mark.long
def test_no_right_arguments_are_refused(
    root: Path, interfaces: dict[str, dict[str, Variable]]
) -> None:
    """Five hundred and more, of all modules, with every conversion that Terraform makes."""
    print(f"INTERFACE_SEED={SEED}")  # noqa: T201 - pytest shows it where the test fails
    random = Random(SEED)  # noqa: S311 - must be repeatable
    calls = [
        (name, right(random, variables))
        for name, variables in interfaces.items()
        for _ in range(20)
    ]
    assert sum(len(arguments) for _, arguments in calls) > 500
    written(root, calls)

    assert found(root) == []


@pytest.mark.long
def test_every_wrong_argument_is_found(
    root: Path, interfaces: dict[str, dict[str, Variable]]
) -> None:
    """Five hundred: misspelt, missing, or of a wrong type, also deep inside objects."""
    print(f"INTERFACE_SEED={SEED}")  # noqa: T201 - pytest shows it where the test fails
    random = Random(SEED)  # noqa: S311 - must be repeatable
    drawn = []
    for _ in range(500):
        name = random.choice(sorted(interfaces))
        needed = {
            key: variable
            for key, variable in interfaces[name].items()
            if variable.required or random.random() < 0.05
        }
        drawn.append((name, mistakes(random, needed)))
    written(root, [(name, mistake.arguments) for name, mistake in drawn])

    complaints: dict[str, list[Finding]] = {}
    lines = (root / "envs/dev/main.tf").read_text(encoding="utf-8").splitlines()
    for finding in found(root):
        before = [line for line in lines[: finding.line] if line.startswith('module "')]
        complaints.setdefault(before[-1].split('"')[1], []).append(finding)
    for number, (_, mistake) in enumerate(drawn):
        said = [(f.rule, f.message) for f in complaints.get(f"m{number}", ())]
        assert any(r == mistake.rule and mistake.what in text for r, text in said), (mistake, said)


@pytest.mark.drawn
def test_no_bytes_in_any_file_are_a_traceback(root: Path) -> None:
    """Junk in a root or a module is read as far as it can be; what cannot is a warning."""
    random = drawer("junk in Terraform")
    written(root, [("bucket", {"name": '"shop"'})])
    files = [root / "envs/dev/main.tf", *sorted((root / "modules/bucket").glob("*.tf"))]
    for file in files:
        whole = file.read_bytes()
        for _ in range(4):
            at = random.randrange(len(whole))
            junk = bytes(random.choices(b'\xff\xfe\x00{}"$', k=random.randint(1, 3)))
            file.write_bytes(whole[:at] + junk + whole[at:])
            found(root)
        file.write_bytes(whole)
    assert found(root) == []


def test_the_place_and_the_nearest_name_are_told(root: Path) -> None:
    """As for any other mistake: file, line, column, and what was meant."""
    written(root, [("bucket", {"nme": '"shop"', "force_destroy": "[true]"})])

    assert [(f.line, f.column, f.rule, f.hint) for f in found(root)] == [
        (3, 3, "module-unknown-argument", "did you mean `name`?"),
        (1, 1, "module-missing-argument", "add `name = ...`"),
        (4, 3, "module-wrong-type", ""),
    ]


def test_what_only_terraform_knows_is_not_guessed(root: Path) -> None:
    """References are followed as far as their type is written, and no further."""
    written(root, [("bucket", {"name": "local.name", "force_destroy": "var.often"})])
    main = root / "envs/dev/main.tf"
    more = 'locals {\n  name = ["shop"]\n}\n\nvariable "often" {\n  type = number\n}\n'
    main.write_text(main.read_text() + more, encoding="utf-8")

    assert [f.message for f in found(root)] == [
        "`name` must be a string, and is a list",
        "`force_destroy` must be a bool, and is a number",
    ]

    main.write_text(main.read_text().replace('["shop"]', "data.x.y").replace("number", "any"))
    assert found(root) == []


@pytest.mark.parametrize(
    "value",
    [
        '{ "name" = "x", "arn" = "y" }',
        '{ name : "x", arn : "y" }',
        '{ (local.key) = "x" }',
        '{ "${local.key}" = "x" }',
        'local.anything ? { name = "x", arn = "y" } : null',
        'merge(local.anything, { more = "x" })',
        "one([])",
        "var.undeclared.group",
    ],
)
def test_ways_to_write_an_object_are_known_or_left_alone(root: Path, value: str) -> None:
    """Quoted and computed keys, colons, and whatever only Terraform can evaluate."""
    schedule = {
        "name": '"x"',
        "job": '"x"',
        "account_id": '"1"',
        "function_arn": '"f"',
        "dead_letter_arn": '"d"',
        "schedules": "{}",
        "group": value,
    }
    written(root, [("schedule", schedule)])

    assert [f.message for f in found(root)] == []


def test_a_module_that_is_not_there_is_told(root: Path) -> None:
    """A folder that was renamed."""
    written(root, [("bukket", {"name": '"x"'})])

    assert [f.rule for f in found(root)] == ["module-not-there"]


def test_what_cannot_be_parsed_is_told_and_stops_nobody(root: Path) -> None:
    """Terraform may understand it."""
    written(root, [("bucket", {"name": "[for x in"})])

    assert [(f.rule, f.severity.value) for f in found(root)] == [("module-unread", "warning")]


@pytest.mark.long
def test_what_was_read_is_kept_and_a_broken_memory_is_nothing(root: Path) -> None:
    """The second time nothing is parsed; what nobody uses is forgotten."""
    written(root, [("bucket", {"nme": '"x"'})])
    first = found(root)
    kept = (root / PLACE).read_text(encoding="utf-8")

    assert found(root) == first
    assert (root / PLACE).read_text(encoding="utf-8") == kept
    for broken in ("", "{", "[]", '{"a": 1}', kept.replace('"calls"', '"kalls"')):
        (root / PLACE).write_text(broken, encoding="utf-8")
        assert found(root) == first


def test_generated_calls_are_judged_by_what_they_are_rendered_from(root: Path) -> None:
    """As they stand they are not parsed; an edited block is."""
    shutil.copy(ROOT / "jobs.yaml", root)
    manifest = examine(root / "jobs.yaml").manifest
    assert manifest is not None
    assert CliRunner().invoke(main, ["generate", "--root", str(root)]).exit_code == 0
    generated = planned(manifest).machine
    file = root / "envs/dev/jobs.gen.tf"

    assert list(judge(root, manifest, generated)) == []
    assert not (root / PLACE).exists() or "lead_enrichment" not in (root / PLACE).read_text()

    file.write_text(file.read_text().replace("  access = {", "  acces = {", 1))
    assert [f.message for f, _ in judge(root, manifest, generated)] == [
        "module `lead_enrichment` is given `acces`, which it does not take"
    ]


def test_a_module_that_wants_more_is_found_at_every_generated_call(root: Path) -> None:
    """Whoever changes the collection learns which calls it breaks."""
    shutil.copy(ROOT / "jobs.yaml", root)
    assert CliRunner().invoke(main, ["generate", "--root", str(root)]).exit_code == 0
    more = 'variable "more" {\n  type = string\n}\n'
    (root / "modules/job/variables-more.tf").write_text(more, encoding="utf-8")

    done = CliRunner().invoke(main, ["check", "--root", str(root)])

    assert done.exit_code == 1
    assert done.output.count("error[module-missing-argument]: module `") == 24
    assert "envs/prod/jobs.gen.tf:18:1: error" in done.output


def test_our_own_calls_are_right() -> None:
    """Roots and modules of this repository, each generated call with one argument wrong."""
    manifest = examine(ROOT / "jobs.yaml", ROOT).manifest
    assert manifest is not None
    generated = planned(manifest, ROOT).machine
    assert list(judge(ROOT, manifest, generated)) == []

    workers = tuple(replace(w, timeout="soon") for w in manifest.workers["prod"])  # type: ignore[arg-type]
    broken = replace(manifest, workers={**manifest.workers, "prod": workers})
    rules = [f.rule for f, _ in judge(ROOT, broken, generated)]
    assert rules == ["module-wrong-type"] * len(workers)

"""What `check` names and what `generate` does about it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.drift import Drift, compare
from generator.ownership import Comment, stamped
from generator.pipeline import examine, planned
from generator.render.diagrams import FOLDER
from generator.render.plan import Plan
from generator.render.sources import PATH as SOURCES
from generator.write import write
from tests.generator import manifests

CONTRACT = "lambdas/generated/contracts/send-receipt/1.json"
ENTRY = "lambdas/generated/entrypoints/send_receipt.py"
PAYLOAD = "lambdas/generated/payloads/send_receipt.py"
HANDLER = "lambdas/handlers/send_receipt.py"
TYPESCRIPT = "lambdas/typescript/src/generated/send-receipt.ts"
TERRAFORM = "envs/dev/jobs.gen.tf"


def plan_of(root: Path, jobs: Mapping[str, object], **settings: object) -> Plan:
    """Return the plan of a manifest."""
    examined = examine(manifests.write(root, manifests.manifest(jobs, **settings)))
    assert examined.manifest is not None
    return planned(examined.manifest)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return the plan of one job, and write it."""
    plan = plan_of(tmp_path, {"send-receipt": manifests.job()})
    write(tmp_path, plan)
    return plan


def test_what_was_just_written_differs_in_nothing(tmp_path: Path, plan: Plan) -> None:
    """A second run finds nothing to do and touches no file."""
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    written = write(tmp_path, plan)

    assert not compare(tmp_path, plan)
    assert not any((written.created, written.changed, written.overwritten, written.deleted))
    assert before == {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}


def test_a_deleted_file_is_missing_and_comes_back(tmp_path: Path, plan: Plan) -> None:
    """Machine files and handlers alike."""
    (tmp_path / ENTRY).unlink()
    (tmp_path / HANDLER).unlink()

    assert compare(tmp_path, plan) == Drift(missing=[ENTRY, HANDLER])
    assert write(tmp_path, plan).created == (ENTRY, HANDLER)
    assert not compare(tmp_path, plan)


DOCUMENTS = [
    "docs/api/jobs.md",
    "docs/manifest.md",
    "docs/rules.md",
    ".github/CODEOWNERS",
    *(f"{FOLDER}/{name}.mmd" for name in ("architecture-overview", "data-lineage")),
    *(f"{FOLDER}/{name}.mmd" for name in ("uml-runtime", "bpmn-job-lifecycle")),
    f"{FOLDER}/bpmn-job-lifecycle.bpmn",
]


@pytest.mark.parametrize("path", [ENTRY, TERRAFORM, *DOCUMENTS])
def test_an_edited_file_is_named_as_edited_and_overwritten(
    tmp_path: Path, plan: Plan, path: str
) -> None:
    """The header's hash tells an edit from a file that is merely old."""
    file = tmp_path / path
    original = file.read_text(encoding="utf-8")
    file.write_text(f"{original}# mine\n", encoding="utf-8")

    assert compare(tmp_path, plan) == Drift(edited=[path])
    assert write(tmp_path, plan).overwritten == (path,)
    assert file.read_text(encoding="utf-8") == original


def test_an_edit_of_the_json_schema_is_seen(tmp_path: Path, plan: Plan) -> None:
    """JSON has no comments, so its header is a key."""
    file = tmp_path / "generator/schema/jobs.schema.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    assert "DO NOT EDIT" in document["$comment"]
    file.write_text(file.read_text(encoding="utf-8").replace("owner", "0wner"), encoding="utf-8")

    assert compare(tmp_path, plan).edited == ["generator/schema/jobs.schema.json"]


def test_a_file_without_header_is_unsigned(tmp_path: Path, plan: Plan) -> None:
    """A planned path is never left to a file that says nothing about itself."""
    (tmp_path / ENTRY).write_text("print()\n", encoding="utf-8")

    assert compare(tmp_path, plan) == Drift(unsigned=[ENTRY])
    assert write(tmp_path, plan).overwritten == (ENTRY,)
    assert not compare(tmp_path, plan)


def test_the_same_manifest_and_another_text_are_another_versions_work(
    tmp_path: Path, plan: Plan
) -> None:
    """A generator that was updated, or that nobody updated: its own verdict, not `stale`."""
    _, _, body = plan.machine[ENTRY].split("\n", 2)
    others = {**plan.machine, ENTRY: stamped(f"{body}# as it will be\n", Comment.HASH)}
    other = Plan(others, plan.stubs)

    assert compare(tmp_path, other) == Drift(outdated=[ENTRY])
    assert write(tmp_path, other).changed == (ENTRY,)
    assert not compare(tmp_path, other)


def test_which_manifest_files_were_made_from_does_not_depend_on_layout(tmp_path: Path) -> None:
    """Comments, order and spelling of YAML are no other manifest; any other value is."""
    jobs = {"send-receipt": manifests.job(), "other-job": manifests.job()}
    text = manifests.manifest(jobs)
    first = examine(manifests.write(tmp_path, text)).manifest
    turned = {name: dict(reversed(jobs[name].items())) for name in reversed(jobs)}
    again = examine(manifests.write(tmp_path, f"# new\n{manifests.manifest(turned)}")).manifest
    jobs["other-job"]["timeout"] = "45s"
    other = examine(manifests.write(tmp_path, manifests.manifest(jobs))).manifest
    assert first
    assert again
    assert other

    assert first.sources == again.sources
    assert [name for name in first.sources if first.sources[name] != other.sources[name]] == [
        "other-job"
    ]


def test_another_manifest_makes_files_stale(tmp_path: Path, plan: Plan) -> None:
    """Only the files that say something about the change are named."""
    assert plan
    changed = plan_of(tmp_path, {"send-receipt": manifests.job(timeout="45s")})

    drift = compare(tmp_path, changed)

    assert drift == Drift(stale=["docs/api/jobs.md", TERRAFORM, "envs/prod/jobs.gen.tf", SOURCES])
    assert write(tmp_path, changed).changed == tuple(drift.stale)
    assert not compare(tmp_path, changed)


def test_a_handler_is_never_rewritten(tmp_path: Path, plan: Plan) -> None:
    """A person's code is a person's from the first edit on."""
    (tmp_path / HANDLER).write_text("def handle() -> None: ...\n", encoding="utf-8")

    assert not compare(tmp_path, plan)
    write(tmp_path, plan)
    assert (tmp_path / HANDLER).read_text(encoding="utf-8") == "def handle() -> None: ...\n"


def test_a_removed_job_takes_its_files_and_its_untouched_handler_along(
    tmp_path: Path, plan: Plan
) -> None:
    """What nobody has touched goes with its job."""
    assert plan
    without = plan_of(tmp_path, {"other-job": manifests.job()})

    drift = compare(tmp_path, without)

    assert drift.orphans == [CONTRACT, ENTRY, PAYLOAD, HANDLER, TYPESCRIPT]
    assert write(tmp_path, without).deleted == (CONTRACT, ENTRY, PAYLOAD, HANDLER, TYPESCRIPT)
    assert not (tmp_path / ENTRY).exists()
    assert not compare(tmp_path, without)


def test_a_removed_jobs_handler_with_code_stays_and_is_pointed_out(
    tmp_path: Path, plan: Plan
) -> None:
    """It is a note: code of a person's is nothing that differs."""
    assert plan
    (tmp_path / HANDLER).write_text("def handle(payload, context): ...\n", encoding="utf-8")
    without = plan_of(tmp_path, {"other-job": manifests.job()})
    written = write(tmp_path, without)

    assert written.homeless == (HANDLER,)
    assert (tmp_path / HANDLER).exists()
    drift = compare(tmp_path, without)
    assert not drift
    assert drift.homeless == [HANDLER]


def test_a_helper_module_beside_the_handlers_is_nobodys_concern(tmp_path: Path, plan: Plan) -> None:
    """Handlers may share code."""
    (tmp_path / "lambdas/handlers/_http.py").write_text("TIMEOUT = 3\n", encoding="utf-8")

    assert compare(tmp_path, plan) == Drift()


def test_a_removed_environment_takes_its_terraform_along(tmp_path: Path, plan: Plan) -> None:
    """The human files beside it stay."""
    assert plan
    main = tmp_path / "envs/prod/main.tf"
    main.write_text("# mine\n", encoding="utf-8")
    jobs = {"send-receipt": manifests.job()}
    without = plan_of(tmp_path, jobs, environments=["dev"])

    assert write(tmp_path, without).deleted == ("envs/prod/jobs.gen.tf",)
    assert main.exists()


@pytest.mark.parametrize(
    "path", ["lambdas/generated/notes.py", "envs/dev/extra.gen.tf", "lambdas/generated/sub/x.txt"]
)
def test_a_persons_file_in_the_machines_place_is_kept_and_named(
    tmp_path: Path, plan: Plan, path: str
) -> None:
    """Nothing is deleted that the generator cannot have made."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine\n", encoding="utf-8")

    assert compare(tmp_path, plan) == Drift(foreign=[path])
    assert write(tmp_path, plan).kept == (path,)
    assert (tmp_path / path).exists()


def test_an_edited_orphan_is_kept_and_named(tmp_path: Path, plan: Plan) -> None:
    """A hand edit of a file that no job needs any more is not thrown away."""
    assert plan
    file = tmp_path / PAYLOAD
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    without = plan_of(tmp_path, {"other-job": manifests.job()})

    assert write(tmp_path, without).kept == (PAYLOAD,)
    assert file.exists()


def test_caches_and_terraforms_own_folders_are_not_looked_at(tmp_path: Path, plan: Plan) -> None:
    """Nothing that tools leave behind is an orphan."""
    for path in ("lambdas/generated/__pycache__/x.pyc", "envs/dev/.terraform/x.gen.tf"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("cache", encoding="utf-8")

    assert not compare(tmp_path, plan)

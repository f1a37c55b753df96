"""The package is what npm, compilers and bundlers expect, small, and as good as written by hand."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from generator.drift import compare
from generator.pipeline import examine, planned
from generator.write import write
from tests.typescript.stage import ROOT, SOURCE, VECTORS, run, tool

CASES = ROOT / "tests" / "generator" / "cases"
JOBS = sorted(path.stem for path in (SOURCE / "src" / "generated").iterdir())
RUNTIME_BUDGET, JOB_BUDGET = 4096, 1024
RUNTIME = 'export { createProducer } from "./dist/index.js";'


def test_types_and_tests_pass(package: Path) -> None:
    """`tsc --strict --exactOptionalPropertyTypes` over sources and tests, then the tests.

    The compiler complains as well where a mistake that a test expects it to find is none.
    """
    tool("tsc", "--project", "tsconfig.json")
    tests = [str(path) for path in sorted((package / "build" / "test").glob("*.test.js"))]

    printed = run(package, "node", "--test", *tests, more={"VECTORS": str(VECTORS)})

    assert "# fail 0" in printed
    assert "# pass 0" not in printed


def test_everything_is_formatted(package: Path) -> None:
    """Prettier would change nothing, in what is generated neither."""
    config = ("--config", str(SOURCE / ".prettierrc.json"), "--check")
    names = ("src", "test", "example/app", "package.json", "tsconfig.json", "example/tsconfig.json")
    sources = [str(SOURCE / name) for name in names]

    tool("prettier", *config, *sources, f"{CASES}/*/expected/lambdas/typescript/**/*.ts")

    assert package.exists()


def test_generated_modules_compile(package: Path) -> None:
    """Those of every expected tree, hostile names among them."""
    folder = package / "cases"
    shutil.rmtree(folder, ignore_errors=True)
    for case in CASES.iterdir():
        source = folder / case.name / "src"
        shutil.copytree(package / "src", source, ignore=shutil.ignore_patterns("generated"))
        expected = case / "expected" / "lambdas" / "typescript" / "src" / "generated"
        shutil.copytree(expected, source / "generated")
    config = {
        "extends": "../tsconfig.json",
        "compilerOptions": {"types": [], "noEmit": True, "skipLibCheck": True},
        "include": ["*/src/generated"],
    }
    (folder / "tsconfig.json").write_text(json.dumps(config))

    tool("tsc", "--project", str(folder))

    assert len(list(folder.glob("*/src/generated/*.ts"))) > len(list(CASES.iterdir()))


def test_npm_conventions_are_kept(package: Path) -> None:
    """`publint` and `are-the-types-wrong` find nothing; nothing runs at install; all is packed."""
    manifest = json.loads((package / "package.json").read_text("utf-8"))
    tool("publint", "--strict")
    subpaths = [f"./{job}" for job in JOBS]
    fixed = [path for path in manifest["exports"] if "*" not in path and path != "./package.json"]
    tool("attw", "--pack", ".", "--profile", "esm-only", "--entrypoints", *fixed, *subpaths)
    packed = json.loads(run(package, "npm", "pack", "--dry-run", "--json", "--ignore-scripts"))
    files = {entry["path"] for entry in packed[0]["files"]}

    assert not {"preinstall", "install", "postinstall", "prepare"} & manifest["scripts"].keys()
    assert "dependencies" not in manifest
    assert {f"dist/generated/{job}.{end}" for job in JOBS for end in ("js", "d.ts")} <= files
    assert all(path.startswith("dist/") or path in ("package.json", "README.md") for path in files)
    exported = [list(entry) for entry in manifest["exports"].values() if isinstance(entry, dict)]
    assert all(entry == ["types", "default"] for entry in exported)


def test_sizes_keep_their_budgets(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a cold function loads: the runtime, and what each job adds to all the others."""
    every = [_use(job) for job in JOBS]
    runtime = _size(package, RUNTIME)
    whole = _size(package, RUNTIME, *every)
    added = {
        job: whole - _size(package, RUNTIME, *(line for line in every if line != _use(job)))
        for job in JOBS
    }
    with capsys.disabled():
        print(f"\nruntime {runtime} B, all jobs {whole} B gzip; each adds {added}")  # noqa: T201 - the result

    assert runtime <= RUNTIME_BUDGET
    assert max(added.values()) <= JOB_BUDGET
    assert min(added.values()) > 0


def test_an_unused_job_is_left_out(package: Path) -> None:
    """A bundle has the jobs it imports and no others."""
    bundled = _bundle(package, RUNTIME, _use("lead-enrichment"))

    assert b"lead-enrichment" in bundled
    assert b"pdf-export" not in bundled


def test_a_hand_edit_is_found(tmp_path: Path) -> None:
    """`check` names a generated module that was touched, is missing, or has no job."""
    manifest = examine(ROOT / "jobs.yaml").manifest
    assert manifest is not None
    plan = planned(manifest)
    write(tmp_path, plan)
    generated = tmp_path / "lambdas" / "typescript" / "src" / "generated"
    edited, gone = generated / "lead-enrichment.ts", generated / "pdf-export.ts"
    edited.write_text(edited.read_text("utf-8").replace("t.uuid", "t.email"), "utf-8")
    gone.unlink()
    (generated / "mine.ts").write_text("export {};\n", "utf-8")

    drift = compare(tmp_path, plan)

    assert [Path(path).name for path in drift.edited] == [edited.name]
    assert [Path(path).name for path in drift.missing] == [gone.name]
    assert [Path(path).name for path in drift.foreign] == ["mine.ts"]


def _use(job: str) -> str:
    return f'export * from "./dist/generated/{job}.js";'


def _size(package: Path, *lines: str) -> int:
    return len(gzip.compress(_bundle(package, *lines), 9))


def _bundle(package: Path, *lines: str) -> bytes:
    """Return what is loaded at once: the entry and the chunks that it imports."""
    entry, out = package / "entry.mjs", package / "bundle"
    shutil.rmtree(out, ignore_errors=True)
    entry.write_text("\n".join(lines), "utf-8")
    options = ("--bundle", "--splitting", "--minify", "--format=esm", "--platform=node")
    meta = out / "meta.json"
    tool("esbuild", "entry.mjs", *options, f"--outdir={out}", f"--metafile={meta}")
    outputs = json.loads(meta.read_text("utf-8"))["outputs"]
    waiting, seen = ["bundle/entry.js"], set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        later = [i["path"] for i in outputs[name]["imports"] if i["kind"] == "import-statement"]
        waiting += [path for path in later if path not in seen]
    return b"".join((package / name).read_bytes() for name in sorted(seen))

"""Imports run one way: between the rooms, and between the layers of the generator."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

LAYERS = (
    {
        "generator.diagnostics",
        "generator.gate_rules",
        "generator.ownership",
        "generator.schedules",
        "generator.words",
    },
    {"generator.contracts"},
    {"generator.manifest"},
    {"generator.cost", "generator.rules", "generator.render"},
    {"generator.published"},
    {"generator.drift", "generator.write", "generator.report", "generator.pipeline"},
    {"generator.compat", "generator.explain", "generator.interface"},
    {"generator.review", "generator.site"},
    {"generator.cli", "generator.__main__"},
)
"""From the bottom up; a module imports from its own layer and those below."""

RUN_TIME = ("clarivum_jobs", "generated", "handlers", "lambdas")


def imports_of(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(module: str) -> int | None:
    """Return how high a module stands, or None if it is in no layer."""
    room = ".".join(module.split(".")[:2])
    return next((height for height, layer in enumerate(LAYERS) if room in layer), None)


def test_the_generator_imports_nothing_that_runs() -> None:
    """Build time knows run time only as text."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "generator").rglob("*.py")
        for name in imports_of(path)
        if name.split(".")[0] in RUN_TIME
    ]

    assert wrong == []


def test_run_time_imports_nothing_that_builds() -> None:
    """Workers carry no generator."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "lambdas").rglob("*.py")
        for name in imports_of(path)
        if name.split(".")[0] == "generator"
    ]

    assert wrong == []


def test_layers_import_downwards_only() -> None:
    """The pipeline can be read in one direction."""
    wrong = []
    for path in (ROOT / "generator").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        height = layer_of(module)
        for name in imports_of(path):
            below = layer_of(name)
            if height is not None and below is not None and below > height:
                wrong.append(f"{module} imports {name}")

    assert wrong == []


def test_the_check_sees_imports() -> None:
    """The listing that the layers are checked against is not empty."""
    pipeline = set(imports_of(ROOT / "generator" / "pipeline.py"))

    assert "generator.manifest.source" in pipeline
    assert layer_of("generator.pipeline") == len(LAYERS) - 4

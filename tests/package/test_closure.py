"""What a job's zip holds: everything its entry point imports, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.package.closure import Sources, Trees
from generator.package.errors import PackageError
from tests.package.tree import SOURCES, write_tree

if TYPE_CHECKING:
    from pathlib import Path


def _closure(root: Path, changes: dict[str, str]) -> list[str]:
    handler = changes.get("handlers/send_mail.py", "") + "\n\ndef handle() -> None: ...\n"
    tree = write_tree(root, {**SOURCES, **changes, "handlers/send_mail.py": handler})
    sources = Sources(tree / "lambdas", Trees(), (3, 13), lambda _wanted: True)
    return list(sources.closure("generated.entrypoints.send_mail").files)


def test_follows_imports_and_leaves_the_rest(tmp_path: Path) -> None:
    """Library, payload and handler of the job are in; other jobs and unused modules are not."""
    expected = [
        "clarivum_jobs/__init__.py",
        "clarivum_jobs/worker.py",
        "generated/__init__.py",
        "generated/entrypoints/__init__.py",
        "generated/entrypoints/send_mail.py",
        "generated/payloads/__init__.py",
        "generated/payloads/send_mail.py",
        "handlers/send_mail.py",
    ]

    assert expected == _closure(tmp_path, {})


@pytest.mark.parametrize(
    "statement",
    [
        "import handlers.shared.mime",
        "import handlers.shared.mime as m",
        "from handlers.shared.mime import encode",
        "from handlers.shared import mime",
        "from handlers import shared\nfrom .shared import mime",
        "from .shared.mime import encode",
        "def late():\n    from handlers.shared import mime",
        "from importlib import import_module\nimport_module('handlers.shared.mime')",
        "import importlib\nimportlib.import_module('.shared.mime', __package__)",
    ],
)
def test_every_way_to_import_is_followed(tmp_path: Path, statement: str) -> None:
    """A helper is packaged however the handler imports it."""
    changes = {
        "handlers/send_mail.py": statement + "\n",
        "handlers/shared/__init__.py": "",
        "handlers/shared/mime.py": "def encode(): ...\n",
    }

    closure = _closure(tmp_path, changes)

    assert {"handlers/shared/__init__.py", "handlers/shared/mime.py"} <= set(closure)


def test_a_payload_of_another_job_is_taken_along(tmp_path: Path) -> None:
    """A handler that enqueues another job gets that job's payload model, not its handler."""
    changes = {
        "generated/payloads/warm.py": "class Warm: ...\n",
        "handlers/send_mail.py": "from generated.payloads.warm import Warm\n",
    }

    closure = _closure(tmp_path, changes)

    assert "generated/payloads/warm.py" in closure
    assert "handlers/warm.py" not in closure


def test_modules_from_elsewhere_are_not_ours(tmp_path: Path) -> None:
    """The standard library and the layer's packages are no part of a function's zip."""
    changes = {"handlers/send_mail.py": "import json\nimport boto3.session\n"}

    assert "handlers/send_mail.py" in _closure(tmp_path, changes)


def test_a_missing_module_is_an_error_at_its_import(tmp_path: Path) -> None:
    """The message names file, line and column of the import that leads nowhere."""
    with pytest.raises(PackageError) as caught:
        _closure(tmp_path, {"handlers/send_mail.py": "import json\nfrom handlers.gone import x\n"})

    text = caught.value.render(tmp_path)
    assert text.startswith("lambdas/handlers/send_mail.py:2:1: error[package]: `handlers.gone`")
    assert "from handlers.gone import x\n  ^" in text


def test_a_computed_import_is_refused(tmp_path: Path) -> None:
    """What cannot be followed must not become a module that is missing at run time."""
    handler = "from importlib import import_module\nimport_module('handlers.' + 'x')\n"

    with pytest.raises(PackageError, match="computed"):
        _closure(tmp_path, {"handlers/send_mail.py": handler})


def test_a_syntax_error_is_told_at_its_line(tmp_path: Path) -> None:
    """Broken sources are a message, not a traceback."""
    with pytest.raises(PackageError) as caught:
        _closure(tmp_path, {"handlers/send_mail.py": "x = 1\ndef handle(:\n"})

    assert caught.value.render(tmp_path).startswith("lambdas/handlers/send_mail.py:2:")

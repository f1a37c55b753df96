"""What is packaged runs, and what would not run is refused: judged by running it.

Each handler is put together by chance from imports and opened files, packaged, unpacked, and run
by an interpreter that sees the zip and the layer alone. `PACKAGE_HANDLERS` says
how many there are.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from generator.package.contents import Packer
from generator.package.errors import PackageError
from generator.package.layer import build_layer
from generator.package.targets import host
from tests.chance import count, drawer
from tests.package.test_build import REPOSITORY
from tests.package.tree import SOURCES, WHEEL, write_tree

if TYPE_CHECKING:
    import random
    from pathlib import Path

pytestmark = pytest.mark.long

_HANDLERS = count("PACKAGE_HANDLERS", 60, 1_000)

_IMPORTS = (
    "import json",
    "import xml.dom.minidom",
    "import xml.nowhere",
    "import greeting",
    "from greeting import HELLO",
    "import greeting.nowhere",
    "import greeting.tests.test_it",
    "import yaml",
    "from yaml import safe_load",
    "import handlers.shared.mime",
    "from handlers.shared import mime",
    "from .shared import mime",
    "from .shared.mime import encode",
    "from handlers.shared import gone",
    "from handlers.loose import one",
    "from handlers.loose import gone",
    "import handlers.loose.one as o",
    "from handlers.lists import *",
    "import importlib; importlib.import_module('handlers.shared.mime')",
    "import importlib; importlib.import_module('.shared.mime', 'handlers')",
    "import importlib; importlib.import_module('yaml')",
    "from importlib import import_module as load; load('handlers.gone')",
    "__import__('greeting')",
    "import nowhere",
)
_FILES = (
    "import pathlib; pathlib.Path(__file__).with_name('page.html').read_text()",
    "import pathlib; pathlib.Path(__file__).with_name('gone.html').read_text()",
    "from pathlib import Path; (Path(__file__).parent / 'pages' / 'a.html').read_text()",
    "from pathlib import Path; HERE = Path(__file__).resolve().parent; (HERE / 'x.txt').open()",
    "import os; open(os.path.join(os.path.dirname(__file__), 'page.html')).close()",
    "import os; open(os.path.dirname(os.path.abspath(__file__)) + '/pages/b.html').close()",
    "from pathlib import Path; P = 'b'; (Path(__file__).parent / 'pages' / f'{P}.html').open()",
    "from pathlib import Path; [p.open() for p in Path(__file__).parent.glob('pages/*.html')][1]",
    "from pathlib import Path; Path(__file__).parents[2].joinpath('outside.txt').read_text()",
    "from importlib import resources as r; r.files('handlers').joinpath('page.html').read_text()",
    "from importlib.resources import files; files(__package__).joinpath('gone').read_text()",
    "import pkgutil; pkgutil.get_data('handlers', 'page.html')",
    "open('handlers/page.html').close()",
    "open('lambdas/handlers/page.html').close()",
    "from pathlib import Path; Path('outside.txt').read_text()",
)
_AROUND = (
    "{0}",
    "try:\n    {0}\nexcept ImportError:\n    pass",
    "try:\n    {0}\nexcept ModuleNotFoundError:\n    import greeting",
    "try:\n    {0}\nexcept ImportError:\n    import yaml",
    "try:\n    {0}\nexcept ImportError as e:\n    raise RuntimeError('no') from e",
    "import contextlib\nwith contextlib.suppress(ImportError):\n    {0}",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {0}",
    "import typing\nif not typing.TYPE_CHECKING:\n    {0}",
    "import sys\nif sys.version_info >= (3, 99):\n    {0}",
    "import sys\nif sys.version_info < (3, 9):\n    import yaml\nelse:\n    {0}",
    "import sys\nif sys.platform == 'win32':\n    {0}",
    "import importlib.util\nif importlib.util.find_spec('yaml'):\n    {0}",
    "if __name__ == '__main__':\n    {0}",
    "class Lazy:\n    {0}",
)
_BESIDE = {
    "handlers/__init__.py": "",
    "handlers/shared/__init__.py": "",
    "handlers/shared/mime.py": "def encode(): ...\n",
    "handlers/loose/one.py": "",
    "handlers/lists/__init__.py": "__all__ = ['two']\n",
    "handlers/lists/two.py": "",
    "handlers/page.html": "page",
    "handlers/pages/a.html": "a",
    "handlers/pages/b.html": "b",
    "../outside.txt": "outside",
}
_RUN = """
import sys
sys.path[:0] = sys.argv[1:]
import handlers.send_mail
handlers.send_mail.handle()
"""


def _handler(chance: random.Random) -> str:
    """Return a handler: some statements run when it is imported, some when it is called."""
    body = "    pass\n"
    top = ""
    for _ in range(chance.randint(1, 2)):
        statement = chance.choice(_AROUND).format(chance.choice(_IMPORTS))
        if chance.random() < 0.4:
            statement = chance.choice(_FILES)
        if chance.random() < 0.5 and "*" not in statement:
            body += "".join(f"    {line}\n" for line in statement.splitlines())
        else:
            top += statement + "\n"
    return f"{top}def handle():\n{body}"


def _clean(zip_and_layer: tuple[Path, Path], code: str, module: str = "") -> tuple[int, str]:
    """Run code as Lambda would: the unpacked zip and layer, and nothing that is installed here."""
    function, layer = zip_and_layer
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(function), str(layer / "python"), module],
        cwd=function,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere"},
    )
    return done.returncode, done.stderr


def _unpack(path: Path, directory: Path) -> Path:
    with zipfile.ZipFile(path) as opened:
        opened.extractall(directory)
    return directory


@pytest.mark.drawn
def test_what_is_packaged_runs_and_what_would_not_is_refused(tmp_path: Path) -> None:
    """The verdict on each handler is the one of running it."""
    tree = write_tree(tmp_path / "tree", {**SOURCES, **_BESIDE})
    sources = tree / "lambdas"
    layer = build_layer(sources / "layer.lock", tmp_path / "layer.zip", host())
    unpacked = _unpack(layer.path, tmp_path / "layer")
    chance = drawer(__name__)
    refused = 0
    for number in range(_HANDLERS):
        text = _handler(chance)
        (sources / "handlers/send_mail.py").write_text(text)
        packer = Packer(sources, layer, host(), tmp_path / "dependencies")
        entry = {"send-mail": "generated.entrypoints.send_mail"}
        told = ""
        try:
            content = packer.pack(entry)["send-mail"]
            files = {
                name: path for name, path in content.files.items() if not isinstance(path, bytes)
            }
        except PackageError as error:
            told = error.render(tree)
            files = {
                path.relative_to(sources).as_posix(): path
                for path in sources.rglob("*")
                if path.is_file()
            }
            refused += 1
            assert "lambdas/handlers/send_mail.py:" in told
        function = tmp_path / "functions" / str(number)
        for name, path in files.items():
            (function / name).parent.mkdir(parents=True, exist_ok=True)
            (function / name).write_bytes(path.read_bytes())
        status, output = _clean((function, unpacked), _RUN)
        assert bool(told) == bool(status), f"{text}\n{told}\n{output}"
    assert 0 < refused < _HANDLERS


def test_every_entry_point_is_imported_from_its_zip_and_the_layer_alone(tmp_path: Path) -> None:
    """The jobs of this repository, as Lambda would first load them."""
    command = [sys.executable, "-m", "generator.package", "--target", "host"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = REPOSITORY / "build" / "host"
    layer = _unpack(built / "layer.zip", tmp_path / "layer")
    zips = sorted((built / "functions").glob("*.zip"))
    code = """
import importlib, sys
*places, module = sys.argv[1:]
sys.path[:0] = places
assert importlib.import_module(module).lambda_handler
"""
    assert zips
    for path in zips:
        function = _unpack(path, tmp_path / path.stem)
        module = f"generated.entrypoints.{path.stem.replace('-', '_')}"
        status, output = _clean((function, layer), code, module)
        assert status == 0, output


def test_the_handed_case_is_refused_twice_over(tmp_path: Path) -> None:
    """A package of the generator's and a file that is not there, each at its place."""
    handler = (
        "from pathlib import Path\n\nimport yaml\n\n"
        "PAGE = Path(__file__).with_name('page.html').read_text(encoding='utf-8')\n\n\n"
        "def handle() -> None:\n    print(yaml.safe_dump({'length': len(PAGE)}))\n"
    )
    tree = write_tree(tmp_path, {**SOURCES, "handlers/send_mail.py": handler})
    command = [sys.executable, "-m", "generator.package", "--target", "host", "--root", str(tree)]

    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "lambdas/handlers/send_mail.py:3:1: error[package]: `yaml` is imported" in done.stderr
    assert "lambdas/handlers/send_mail.py:5:8: error[package]: `lambdas/handlers/page.html`" in (
        done.stderr
    )


def test_data_nobody_opens_is_named(tmp_path: Path) -> None:
    """It is in no zip, and the command says so."""
    tree = write_tree(tmp_path, {**SOURCES, "handlers/notes.txt": "notes"})
    command = [sys.executable, "-m", "generator.package", "--target", "host", "--root", str(tree)]

    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)

    assert "left out, no packaged module opens it: lambdas/handlers/notes.txt" in done.stdout


def test_a_package_that_lacks_its_own_dependency_is_told_at_our_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An extra that nobody asked for is found before Lambda finds it."""
    monkeypatch.setitem(WHEEL, "greeting/loud.py", "import shouting\n")
    tree = write_tree(
        tmp_path, {**SOURCES, "handlers/send_mail.py": "import greeting.loud\nhandle = 1\n"}
    )
    layer = build_layer(tree / "lambdas/layer.lock", tmp_path / "layer.zip", host())
    packer = Packer(tree / "lambdas", layer, host(), tmp_path / "dependencies")

    with pytest.raises(PackageError, match=r"`greeting\.loud` needs `shouting`"):
        packer.pack({"send-mail": "generated.entrypoints.send_mail"})


def test_a_job_has_packages_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are in its zip and in no other; a version that is not the layer's is refused."""
    handlers = {
        "handlers/warm.py": "import greeting\nhandle = 1\n",
        "handlers/send_mail.py": "handle = 1\n",
    }
    tree = write_tree(tmp_path, {**SOURCES, **handlers})
    sources = tree / "lambdas"
    pins = (sources / "layer.lock").read_text().partition("--hash")[2]
    (sources / "layer.lock").write_text("")
    (sources / "handlers/warm.lock").write_text(f"greeting==1.0 --hash{pins}")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tree / "wheels"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    layer = build_layer(sources / "layer.lock", tmp_path / "layer.zip", host())
    modules = {job: f"generated.entrypoints.{job}" for job in ("send_mail", "warm")}
    packer = Packer(sources, layer, host(), tmp_path / "dependencies")

    contents = packer.pack(modules)

    assert "greeting/__init__.py" in contents["warm"].files
    assert "greeting/__init__.py" not in contents["send_mail"].files
    (sources / "layer.lock").write_text("greeting==2.0\n")
    with pytest.raises(PackageError, match=r"pins greeting 1\.0, the layer 2\.0"):
        packer.pack(modules)

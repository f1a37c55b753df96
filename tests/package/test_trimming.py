"""What is left out of the layer, nobody misses: judged by running what is left."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator.package import archive, bytecode
from generator.package.build import build
from generator.package.reach import modules_of, reached
from generator.package.targets import aws, host
from generator.package.trim import trimmed, use_of
from tests.chance import count, drawer
from tests.figures import say
from tests.package.test_build import REPOSITORY

if TYPE_CHECKING:
    import random
    from pathlib import Path

pytestmark = pytest.mark.long

PACKAGES = count("TRIMMED_PACKAGES", 25, 1_000)
LARGEST_SOURCES = 13 * 2**20
"""Bytes of the layer without byte code: 5 MB of it are one compiled module of pydantic's."""

_IMPORTS = (
    "import {0}",
    "from {0} import *",
    "from {1} import {2}",
    "import {0} as other",
    "import importlib; importlib.import_module('{0}')",
    "import importlib; importlib.import_module('{1}.' + '{2}'.lower())",
    "import importlib; importlib.import_module('.{2}', '{1}')",
    "from typing import TYPE_CHECKING\nif not TYPE_CHECKING:\n    import {0}",
    "try:\n    import nowhere\nexcept ImportError:\n    import {0}",
)
_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
import begin
for _ in range(9):
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"begin", "p", "q"} and hasattr(module, "late"):
            module.late()
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {"p", "q"}))
"""
_CLIENTS = """
import sys
sys.path[:0] = sys.argv[1:]
from clarivum_jobs.core import clients
import clarivum_jobs.worker
made = [clients.sqs(), clients.dynamodb(), clients.scheduler(), clients.s3(), clients.ses()]
print(*[client.meta.endpoint_url for client in made])
print(clarivum_jobs.worker.__cached__)
"""


def _drawn(chance: random.Random) -> dict[str, str]:
    """Return two packages that import each other in all ways, and a module to begin with."""
    names = [f"{top}.{inner}" for top in "pq" for inner in ("a", "b", "c.d", "c.e")]
    files = {f"{top}/{folder}__init__.py": "" for top in "pq" for folder in ("", "c/")}
    for name in ("begin", *names):
        lines = []
        for _ in range(chance.randint(0, 2)):
            wanted = chance.choice(names)
            package, _, last = wanted.rpartition(".")
            # A name that is computed is taken to lie in the package of whoever computes it.
            own = f"{name.rpartition('.')[0]}."
            kinds = [k for k in _IMPORTS if "lower" not in k or wanted.startswith(own)]
            text = chance.choice(kinds).format(wanted, package, last)
            late = chance.random() < 0.5 and "*" not in text
            body = "".join(f"    {line}\n" for line in text.splitlines())
            lines.append(f"def late():\n{body}" if late else f"{text}\n")
        files[f"{name.replace('.', '/')}.py"] = "".join(lines)
    return files


def test_nothing_that_is_ever_imported_is_out_of_reach(tmp_path: Path) -> None:
    """Packages drawn at random are run, every function of theirs; what was loaded was foreseen."""
    chance, loaded, all_modules = drawer(__name__), 0, 0
    for number in range(PACKAGES):
        files = _drawn(chance)
        root = tmp_path / str(number)
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        done = subprocess.run(
            [sys.executable, "-I", "-c", _RUN, str(root)],
            capture_output=True,
            text=True,
            check=False,
        )
        modules = modules_of(files)
        found = reached(modules, {name: text.encode() for name, text in files.items()}, ["begin"])
        # A circle of imports may fail; what was loaded until then counts all the same.
        ran = set(done.stdout.split())
        assert ran <= found, (files, ran - found)
        loaded += len(ran)
        all_modules += len(found - {"begin"})

    assert loaded > all_modules / 2, "more is kept than there is reason for"


def test_the_repositorys_layer_serves_its_jobs_and_little_else() -> None:
    """With nothing else installed every client is made; descriptions of other services are gone."""
    done = build(REPOSITORY, host(), REPOSITORY / "build" / "host")
    layer = archive.read_zip(done.layer.path)
    sizes = {
        kind: sum(len(content) for name, content in layer.items() if name.endswith(".pyc") is pyc)
        for kind, pyc in (("sources", False), ("byte code", True))
    }
    say(f"layer: {', '.join(f'{kind} {size / 2**20:.1f} MB' for kind, size in sizes.items())}")

    assert sizes["sources"] <= LARGEST_SOURCES
    assert "python/botocore/data/ec2" not in " ".join(layer)
    endpoints = json.loads(layer["python/botocore/data/endpoints.json"])
    assert {"sqs", "dynamodb", "sts"} <= endpoints["partitions"][0]["services"].keys()


def test_clients_are_made_and_byte_code_is_what_runs(tmp_path: Path) -> None:
    """From a layer whose sources are spoilt: only byte code can have been loaded."""
    done = build(REPOSITORY, host(), REPOSITORY / "build" / "host")
    for zipped, place in (
        (done.layer.path, tmp_path),
        (done.directory / "functions" / "email-fulfillment.zip", tmp_path / "code"),
    ):
        for name, content in archive.read_zip(zipped).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(b"no Python" if name.endswith(".py") else content)

    places = [str(tmp_path / "code"), str(tmp_path / "python")]
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _CLIENTS, *places],
        capture_output=True,
        text=True,
        check=False,
        env={"AWS_DEFAULT_REGION": "eu-west-1", "HOME": "/nowhere"},
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split()[0] == "https://sqs.eu-west-1.amazonaws.com"
    assert ran.stdout.strip().endswith(".pyc")


def test_another_python_gets_no_byte_code() -> None:
    """It would not read it."""
    files = {"a.py": b"x = 1\n", "b.py": b"no Python"}
    other = aws() if aws().python != sys.version_info[:2] else host()

    assert bytecode.available(host())
    assert bytecode.with_byte_code([files], host())[0].keys() == {*files, bytecode.place("a.py")}
    if other.name == "aws":
        assert bytecode.with_byte_code([files], other) == [files]


_LAYER = {
    "python/boto3/__init__.py": b"import botocore\n",
    "python/botocore/__init__.py": b"",
    "python/botocore/data/endpoints.json": b'{"partitions": [{"services": {"sqs": {}}}]}',
    "python/botocore/data/ec2/1/service-2.json.gz": b"machines",
    "python/botocore/data/sqs/1/service-2.json.gz": b"queues",
    "python/botocore/data/_retry.json": b"{}",
}  # fmt: skip


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("import boto3\nboto3.client('sqs')", {"sqs"}),
        ("import boto3\nboto3.client(service_name='sqs')", {"sqs"}),
        ("import boto3\nNAMES = {'q': 'sqs'}\nQ = 'ec2'\nboto3.client('sts')", {"sqs", "ec2"}),
        ("import boto3, os\nboto3.client(os.environ['SERVICE'])", {"sqs", "ec2"}),
        ("import boto3, os\nboto3.Session().resource(service_name=os.name)", {"sqs", "ec2"}),
        ("import boto3", set()),
    ],
)
def test_services_are_kept_that_a_job_may_ask_for(source: str, kept: set[str]) -> None:
    """A name that stands in the code is kept; with one that is computed, all are."""
    use = use_of([("handlers", source.encode())]).of(_LAYER, "python/")

    found = trimmed(_LAYER, "python/", use)

    data = [name.split("/")[3] for name in found if name.endswith(".gz")]
    assert set(data) == kept
    assert "python/botocore/data/_retry.json" in found

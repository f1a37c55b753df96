"""A small tree to package: two jobs, a library, and a layer of one wheel made on the spot."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOURCES = {
    "clarivum_jobs/__init__.py": "from clarivum_jobs.worker import Worker\n",
    "clarivum_jobs/worker.py": "import json\n\n\nclass Worker: ...\n",
    "clarivum_jobs/testing.py": "HARNESS = True\n",
    "generated/__init__.py": "",
    "generated/entrypoints/__init__.py": "",
    "generated/entrypoints/send_mail.py": (
        "from clarivum_jobs.worker import Worker\n"
        "from generated.payloads.send_mail import SendMail\n"
        "from handlers.send_mail import handle\n"
    ),
    "generated/entrypoints/warm.py": "from handlers.warm import handle\n",
    "generated/payloads/__init__.py": "",
    "generated/payloads/send_mail.py": "class SendMail: ...\n",
    "handlers/send_mail.py": "from greeting import HELLO\n\n\ndef handle() -> None: ...\n",
    "handlers/warm.py": "def handle() -> None: ...\n",
}

WHEEL = {
    "greeting/__init__.py": "HELLO = 'hello'\n",
    "greeting/tests/test_it.py": "def test_it(): ...\n",
    "greeting-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n",
    "greeting-1.0.dist-info/WHEEL": (
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ),
    "greeting-1.0.dist-info/entry_points.txt": "[console_scripts]\ngreet = greeting:main\n",
}


def write_tree(root: Path, sources: Mapping[str, str] = SOURCES) -> Path:
    """Write `lambdas/` with sources and a lock of one local wheel; return `root`."""
    for name, text in sources.items():
        path = root / "lambdas" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    wheel = write_wheel(root / "wheels")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = f"greeting @ {wheel.as_uri()} --hash=sha256:{digest}\n"
    (root / "lambdas" / "layer.lock").write_text(lock, encoding="utf-8")
    return root


def write_wheel(directory: Path) -> Path:
    """Write a valid wheel that pip installs without a network."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "greeting-1.0-py3-none-any.whl"
    record = "greeting-1.0.dist-info/RECORD"
    rows = [f"{name},sha256={_digest(text)},{len(text)}" for name, text in WHEEL.items()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in WHEEL.items():
            archive.writestr(zipfile.ZipInfo(name), text)
        archive.writestr(zipfile.ZipInfo(record), "\n".join([*rows, f"{record},,"]) + "\n")
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")

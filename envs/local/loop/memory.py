"""What one `make dev` leaves for the next: its ports, and what was applied."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PORTS = frozenset(range(65_536))
_ROOTS = ("envs/local", "envs/bootstrap", "modules")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was true when the last apply had succeeded.

    Attributes:
        port: Where the emulator listened; it stands in queue URLs.
        site_port: Where the site listened; it stands in the functions' variables.
        applied: What was applied; empty if nothing was.
    """

    port: int = 0
    site_port: int = 0
    applied: str = ""


def path(root: Path) -> Path:
    """Return where it is kept."""
    return root / ".local" / "dev.json"


def recall(root: Path) -> Memory:
    """Return what the last one left; nothing if that cannot be read."""
    try:
        found = json.loads(path(root).read_text(encoding="utf-8"))
        port, site_port, applied = (found[name] for name in ("port", "site_port", "applied"))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Memory()
    good = type(port) is type(site_port) is int and isinstance(applied, str)
    return Memory(port, site_port, applied) if good and {port, site_port} <= _PORTS else Memory()


def remember(root: Path, memory: Memory) -> None:
    """Leave it for the next one."""
    path(root).parent.mkdir(parents=True, exist_ok=True)
    path(root).write_text(json.dumps(asdict(memory)) + "\n", encoding="utf-8")


def now(root: Path, endpoint: str, site: str, *, done: bool = True) -> Memory:
    """Return what is true now, once an apply is done, or before it has begun."""
    port, site_port = (urlsplit(address).port or 0 for address in (endpoint, site))
    return Memory(port, site_port, applied(root, endpoint, site) if done else "")


def applied(root: Path, endpoint: str, site: str) -> str:
    """Return what an apply would carry out, but for the code of functions, which has its own way.

    Args:
        root: The repository, packaged for this machine.
        endpoint: The emulator's address.
        site: The site's address.
    """
    digest = hashlib.sha256()
    keys = json.loads((root / "build/host/artifacts.auto.tfvars.json").read_text(encoding="utf-8"))
    shown = {"layer": keys["artifacts"]["layer"], "jobs": sorted(keys["artifacts"]["functions"])}
    digest.update(json.dumps([endpoint, site, shown]).encode())
    for file in sorted(_terraform(root)):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _terraform(root: Path) -> Iterator[Path]:
    for folder in _ROOTS:
        for file in (root / folder).rglob("*.tf"):
            if ".terraform" not in file.parts:
                yield file

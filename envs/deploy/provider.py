"""Find the AWS provider: in the registry where it answers, in a directory where it does not."""

from __future__ import annotations

import functools
import os
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REGISTRY = "registry.terraform.io"
_PROVIDER = Path(REGISTRY, "hashicorp", "aws")
_ANSWER_WITHIN = 3.0  # seconds
_DEPTH = 3  # levels below the file system's root
_NO_FILES = frozenset({"dev", "proc", "run", "sys"})


class ProviderNotFoundError(Exception):
    """Neither the registry answers nor does any known directory hold the AWS provider."""


def registry_answers() -> bool:
    """Whether Terraform's registry can be reached; asked once in the life of the process."""
    return _ask_registry()


@functools.cache
def _ask_registry() -> bool:
    url = f"https://{REGISTRY}/.well-known/terraform.json"
    try:
        with urllib.request.urlopen(url, timeout=_ANSWER_WITHIN) as answer:
            return "providers.v1" in answer.read(10_000).decode("utf-8", "replace")
    except (OSError, urllib.error.URLError, ValueError):
        return False


@dataclass(frozen=True)
class Lookup:
    """Where to look for the provider; the defaults are this machine.

    Attributes:
        environ: Environment variables; `TF_PLUGIN_DIR` names a directory outright.
        home: Home directory, below which Terraform has directories of its own.
        root: Root of the file system.
        online: Tells whether the registry answers.
    """

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    home: Path = field(default_factory=Path.home)
    root: Path = field(default_factory=lambda: Path(Path.cwd().anchor))
    online: Callable[[], bool] = registry_answers

    def init_arguments(self) -> tuple[str, ...]:
        """Return what `terraform init` needs to find the provider: nothing, or a directory.

        Raises:
            ProviderNotFoundError: There is no provider to be had; the message says what to do.
        """
        named = self.environ.get("TF_PLUGIN_DIR")
        if named:
            if not _holds_provider(Path(named)):
                message = f"TF_PLUGIN_DIR={named} holds no {_PROVIDER.as_posix()}"
                raise ProviderNotFoundError(message)
            return (f"-plugin-dir={named}",)
        if self._configured() or self.online():
            return ()
        for directory in (*self._implied(), *self._mirrors()):
            if _holds_provider(directory):
                return (f"-plugin-dir={directory}",)
        message = (
            "the AWS provider cannot be had: Terraform's registry does not answer and no local "
            "directory holds it. Connect to the network, or unpack the provider below "
            f"DIR/{_PROVIDER.as_posix()} and set TF_PLUGIN_DIR=DIR"
        )
        raise ProviderNotFoundError(message)

    def _configured(self) -> bool:
        """Whether the person's own Terraform configuration says where providers come from."""
        default = self.home / ("terraform.rc" if sys.platform == "win32" else ".terraformrc")
        config = Path(self.environ.get("TF_CLI_CONFIG_FILE") or default)
        return config.is_file() and "provider_installation" in config.read_text("utf-8", "replace")

    def _implied(self) -> Iterator[Path]:
        """Yield the directories that Terraform itself looks into."""
        yield self.home / ".terraform.d" / "plugins"
        data = self.environ.get("XDG_DATA_HOME")
        yield (Path(data) if data else self.home / ".local" / "share") / "terraform" / "plugins"
        yield self.home / "Library" / "Application Support" / "io.terraform" / "plugins"
        for directories in ("usr/local/share", "usr/share"):
            yield self.root / directories / "terraform" / "plugins"

    def _mirrors(self) -> Iterator[Path]:
        """Yield the parents of directories named like the registry, the shallowest first."""
        level = [self.root]
        for _ in range(_DEPTH):
            level = [child for parent in level for child in _directories(parent)]
            yield from (found.parent for found in level if found.name == REGISTRY)


def _holds_provider(directory: Path) -> bool:
    """Whether `directory` is a provider mirror that has the AWS provider in any version."""
    return (directory / _PROVIDER).is_dir()


def _directories(parent: Path) -> list[Path]:
    """Return the real directories in `parent` by name; none where it may not be read."""
    try:
        with os.scandir(parent) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
    return [parent / name for name in names if name not in _NO_FILES]

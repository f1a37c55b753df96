"""The one way Terraform is run: by demo, tests and deployments alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envs.deploy.provider import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_CHANGES = 2  # exit code of `plan -detailed-exitcode`
# The provider waits 25 s after each change of a queue: let all queues wait at once.
_PARALLELISM = "-parallelism=60"
_SHOWN = 500
"""How much of an answer that nobody understands is shown."""


class TerraformError(Exception):
    """Terraform is missing, or ended with an error.

    Attributes:
        summary: The command and where it ran.
        output: What it printed; "" when it never ran.
    """

    def __init__(self, summary: str, output: str = "") -> None:
        """Keep both; the message is made of both."""
        super().__init__(f"{summary}\n{output}".rstrip())
        self.summary = summary
        self.output = output


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` made fit for Terraform run by a program.

    A `TF_CLI_CONFIG_FILE` that points nowhere is left out, or every command would warn of it.
    """
    cleaned = dict(environ)
    config = cleaned.get("TF_CLI_CONFIG_FILE")
    if config is not None and not Path(config).is_file():
        del cleaned["TF_CLI_CONFIG_FILE"]
    return cleaned | {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"}


def require_terraform(environ: Mapping[str, str], lookup: Lookup | None = None) -> None:
    """Return if Terraform can be run here; to be asked before anything else is started.

    Raises:
        TerraformError: There is no `terraform` on the PATH.
        ProviderNotFoundError: The AWS provider cannot be had.
    """
    _program(environ)
    (lookup or Lookup(environ=environ)).init_arguments()


def _program(environ: Mapping[str, str]) -> str:
    program = shutil.which("terraform", path=environ.get("PATH"))
    if program is None:
        message = "there is no `terraform` on the PATH: install Terraform 1.10 or newer"
        raise TerraformError(message)
    return program


def silent(_line: str) -> None:
    """Take a line of output and show it to nobody."""


@dataclass(frozen=True)
class Terraform:
    """Terraform in one root or module.

    Every method raises `TerraformError` when the command fails.

    Attributes:
        root: Directory of the root or module.
        variables: Values of simple input variables.
        var_files: Files of further values, such as the artifacts' keys.
        environ: Environment it starts from.
        data_dir: Where providers and modules are noted; `.terraform` in the root unless given.
        on_line: Called with each line of output as it comes.
        lookup: How the provider is found.
    """

    root: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    var_files: Sequence[Path] = ()
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    data_dir: Path | None = None
    on_line: Callable[[str], None] = silent
    lookup: Lookup | None = None

    def init(self, backend: Mapping[str, str] | None = None, *, use_backend: bool = True) -> None:
        """Make the root ready: provider, modules, backend.

        Args:
            backend: Settings that the root's backend block leaves open.
            use_backend: False to leave the state alone, for checks that need none.

        Raises:
            ProviderNotFoundError: The AWS provider cannot be had.
        """
        lookup = self.lookup or Lookup(environ=self.environ)
        settings = [f"-backend-config={name}={value}" for name, value in (backend or {}).items()]
        state = ["-reconfigure", *settings] if use_backend else ["-backend=false"]
        self.run("init", *state, *lookup.init_arguments())

    def validate(self) -> None:
        """Check that the configuration is consistent."""
        self.run("validate")

    def test(self) -> None:
        """Run the module's `tests/*.tftest.hcl`."""
        self.run("test")

    def plan(self, out: Path | None = None, *, destroy: bool = False) -> bool:
        """Say whether an apply would change anything.

        Args:
            out: Where to keep the plan for it.
            destroy: Plan to remove everything instead.
        """
        kept = [f"-out={out.resolve()}"] if out else []
        kept += ["-destroy"] if destroy else []
        arguments = ["-detailed-exitcode", _PARALLELISM, *self._values(), *kept]
        return self.run("plan", *arguments, allowed=(0, _CHANGES)) == _CHANGES

    def apply(self, plan: Path | None = None) -> None:
        """Apply a kept plan, or without one whatever has to change."""
        what = [str(plan.resolve())] if plan else ["-auto-approve", *self._values()]
        self.run("apply", _PARALLELISM, *what)

    def adopt(self, address: str, identifier: str) -> None:
        """Let the state know a resource that exists already."""
        self.run("import", *self._values(), address, identifier)

    def destroy(self) -> None:
        """Remove everything the state knows."""
        self.run("destroy", "-auto-approve", _PARALLELISM, *self._values())

    def outputs(self) -> dict[str, Any]:
        """Return the values of the root's outputs by name."""
        return {name: output["value"] for name, output in self._json("output", "-json").items()}

    def show(self, plan: Path) -> dict[str, Any]:
        """Return a kept plan as `terraform show -json` describes it."""
        return self._json("show", "-json", str(plan.resolve()))

    def run(self, verb: str, *arguments: str, allowed: tuple[int, ...] = (0,)) -> int:
        """Run any command, hand on its lines, and return its exit code.

        Args:
            verb: The command, such as `plan` or `workspace select`.
            arguments: What follows it.
            allowed: Exit codes that are no failure.
        """
        lines: list[str] = []
        with subprocess.Popen(  # noqa: S603 - the command is ours, its arguments are no shell text
            [*self._command(), *verb.split(), "-no-color", *arguments],
            env=self._environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as process:
            for line in process.stdout or ():
                lines.append(line)
                self.on_line(line.rstrip("\n"))
        if process.returncode not in allowed:
            message = f"`terraform {verb}` failed in {self.root}"
            raise TerraformError(message, "".join(lines))
        return process.returncode

    def _json(self, *arguments: str) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603 - as in `run`
            [*self._command(), *arguments],
            env=self._environ(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            message = f"`terraform {arguments[0]}` failed in {self.root}"
            raise TerraformError(message, done.stderr)
        try:
            document: dict[str, Any] = json.loads(done.stdout)
        except ValueError as error:
            message = f"`terraform {arguments[0]}` printed what is no JSON in {self.root}"
            raise TerraformError(message, done.stdout[:_SHOWN]) from error
        return document

    def _command(self) -> list[str]:
        return [_program(self.environ), f"-chdir={self.root.resolve()}"]

    def _environ(self) -> dict[str, str]:
        own = {} if self.data_dir is None else {"TF_DATA_DIR": str(self.data_dir.resolve())}
        return environment(self.environ) | own

    def _values(self) -> list[str]:
        files = [f"-var-file={path.resolve()}" for path in self.var_files]
        return [*(f"-var={name}={value}" for name, value in self.variables.items()), *files]

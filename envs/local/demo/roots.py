"""The two Terraform roots the demo applies, each in a process group of its own.

`python -m envs.local.demo.roots bootstrap|local` applies one to the running emulator. An apply
waits for minutes on single resources; run apart, it can be ended at any moment with all of its
provider's processes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from envs.deploy import artifacts
from envs.deploy.provider import ProviderNotFoundError
from envs.deploy.terraform import Terraform, TerraformError
from envs.local.engine import emulator, processes
from envs.local.engine.clients import ACCOUNT, credentials


class NothingRunsError(Exception):
    """There is no emulator to apply to."""


def local(root: Path) -> Terraform:
    """Return `envs/local` as it is applied to what runs for this tree.

    Raises:
        NothingRunsError: Nothing runs.
    """
    places = emulator.Places.of(root)
    site = processes.find(places.run, "site")
    if site is None:
        message = "nothing runs: `make demo KEEP=1` starts it"
        raise NothingRunsError(message)
    return Terraform(
        root / "envs" / "local",
        variables={"endpoint": _endpoint(root), "site_url": site.facts["address"]},
        var_files=(root / "build" / "host" / artifacts.KEYS,),
        on_line=click.echo,
    )


def bootstrap(root: Path) -> Terraform:
    """Return the root that makes the buckets every environment starts with.

    Raises:
        NothingRunsError: Nothing runs.
    """
    return Terraform(
        root / "envs" / "bootstrap",
        # Nobody else is on this machine whose accesses could be worth a log.
        variables={"environment": "local", "account_id": ACCOUNT, "access_log_days": "0"},
        # Unlike `envs/local`, this root knows nothing of emulators.
        environ={**os.environ, **credentials(_endpoint(root)), "TF_WORKSPACE": "local"},
        data_dir=root / ".local" / "bootstrap",
        on_line=click.echo,
    )


def _endpoint(root: Path) -> str:
    endpoint = emulator.endpoint(emulator.Places.of(root))
    if not endpoint:
        message = "the local AWS does not run: `make demo KEEP=1` starts it"
        raise NothingRunsError(message)
    return endpoint


ROOTS = {"bootstrap": bootstrap, "local": local}


@click.command()
@click.argument("name", type=click.Choice(sorted(ROOTS)))
def main(name: str) -> None:
    """Apply one root to the running emulator."""
    try:
        terraform = ROOTS[name](Path.cwd())
        terraform.init()
        terraform.apply()
    except (NothingRunsError, ProviderNotFoundError) as error:
        click.echo(f"Error: {error}")
        sys.exit(2)
    except TerraformError as error:
        # What Terraform printed has been shown as it came.
        if not error.output:
            click.echo(f"Error: {error}")
        sys.exit(2)


if __name__ == "__main__":
    main()

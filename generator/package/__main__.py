"""`python -m generator.package --target host|aws`: write `build/<target>/`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from generator.package.build import build
from generator.package.errors import PackageError
from generator.package.targets import TARGETS


@click.command()
@click.option("--target", type=click.Choice(sorted(TARGETS)), required=True, help="Where to run.")
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The repository; the current directory unless given.",
)
def main(target: str, root: Path) -> None:
    """Package every job and the dependency layer."""
    root = root.resolve()
    started = time.monotonic()
    try:
        done = build(root, TARGETS[target](), root / "build" / target)
    except PackageError as error:
        click.echo(error.render(root), err=True)
        sys.exit(2)
    layer = "kept" if done.layer.reused else "built"
    click.echo(
        f"{done.directory.relative_to(root)}: {len(done.functions)} functions "
        f"({len(done.changed)} changed), layer {layer} "
        f"({done.layer.unpacked / 2**20:.0f} MB unpacked), {time.monotonic() - started:.1f} s"
    )


if __name__ == "__main__":
    main()

"""`python -m generator.package --target host|aws`: write `build/<target>/`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from generator.package.build import UNPACKED_LIMIT, build
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
        f"({_megabytes(done.layer.unpacked)} unpacked), {time.monotonic() - started:.1f} s"
    )
    for job, size in done.sizes.items():
        total = f"{_megabytes(size + done.layer.unpacked)} of {_megabytes(UNPACKED_LIMIT)}"
        click.echo(f"  {job}: {_megabytes(size)}, with the layer {total}")
    for path in done.left_out:
        click.echo(f"  left out, no packaged module opens it: {path.relative_to(root)}")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


if __name__ == "__main__":
    main()

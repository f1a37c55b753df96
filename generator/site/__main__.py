"""`python -m generator.site`: build the site of the documents into build/site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from generator.render.diagrams import FOLDER
from generator.site.pages import SCRIPT, STYLE, pages

_SCRIPT = "javascripts/mermaid.min.js"


@click.command()
@click.option("--mermaid", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--mkdocs", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path())
def main(mermaid: Path, mkdocs: Path, root: Path) -> None:
    """Write the site's sources and let mkdocs build it; a dead link fails."""
    source, site = root / "build" / "site-source", root / "build" / "site"
    shutil.rmtree(source, ignore_errors=True)
    for path, text in pages(*_documents(root)).items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    (source / _SCRIPT).parent.mkdir(parents=True)
    shutil.copy(mermaid, source / _SCRIPT)
    (source / _SCRIPT).with_name("site.js").write_text(SCRIPT, encoding="utf-8")
    (source / "site.css").write_text(STYLE, encoding="utf-8")
    command = [str(mkdocs), "build", "--strict", "--quiet", "--site-dir", str(site.resolve())]
    command += ["--config-file", str(root / "mkdocs.yml")]
    # It advertises its successor in every run.
    environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, check=False, env=environ)  # noqa: S603 - ours
    if done.returncode:
        sys.exit(1)
    click.echo(f"the site is in {site}, its front page is {site / 'index.html'}")


def _documents(root: Path) -> tuple[dict[str, str], str, dict[str, str]]:
    docs = root / "docs"
    found = {
        path.relative_to(docs).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(docs.rglob("*.md"))
    }
    drawn = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((root / FOLDER).glob("*.mmd"))
    }
    return found, (root / "README.md").read_text(encoding="utf-8"), drawn


if __name__ == "__main__":
    main()

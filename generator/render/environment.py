"""The one Jinja environment: a name that nobody gave is an error, nothing is escaped twice."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def _environment() -> Environment:
    # Output is HCL, Python and Markdown: escaping is done by `hcl`, `python_source` and `markdown`.
    return Environment(  # noqa: S701
        loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def fill(template: str, **values: object) -> str:
    """Return a template's text with the values in it."""
    return _environment().get_template(template).render(**values)

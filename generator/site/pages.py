"""The pages of the site, from the documents of the repository: purely, path to text.

Each job becomes a page of its own, diagrams are drawn on one, and what a document links beside the
documents is named instead: a site has no `modules/`.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_JOB = re.compile(r"^## (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_WHOLE_WIDTH = "---\nhide: [navigation, toc]\n---\n"
"""A page that shows pictures needs no columns beside them."""

STYLE = ".wide { overflow-x: auto }\n.wide .drawn { min-width: 1100px }\n"
"""A picture is not made smaller than its letters can be read; a phone scrolls it."""

SCRIPT = """\
const dark = document.body.dataset.mdColorScheme === "slate";
mermaid.initialize({startOnLoad: false, theme: dark ? "dark" : "default"});
mermaid.run({querySelector: ".drawn"});
"""
"""Draws in the colours of the page: the theme's own way leaves nested boxes in light ones."""

JOBS = "api/jobs.md"
DIAGRAMS = "diagrams/README.md"


def pages(documents: Mapping[str, str], readme: str, drawn: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each page by its path.

    Args:
        documents: The markdown under `docs`, by its path from there.
        readme: The repository's own front page.
        drawn: Mermaid of each diagram, by the name of its file.
    """
    found = dict(documents)
    found["index.md"] = _from_root(readme)
    jobs = dict(_jobs(documents[JOBS]))
    found |= jobs
    overview = _JOB.split(documents[JOBS], maxsplit=1)[0]
    found[JOBS] = re.sub(r"\]\(#([a-z0-9-]+)\)", r"](\1.md)", overview)
    found[DIAGRAMS] = f"{_WHOLE_WIDTH}{documents[DIAGRAMS]}{''.join(_drawings(drawn))}"
    return {path: _linked(path, text, found) for path, text in found.items()}


def _jobs(text: str) -> Iterator[tuple[str, str]]:
    """Yield a page a job; chapters are one level higher there."""
    parts = _JOB.split(text)[1:]
    names = parts[::2]
    for name, body in zip(names, parts[1::2], strict=True):
        higher = re.sub(r"^##(#+ )", r"#\1", body, flags=re.MULTILINE)
        others = "|".join(map(re.escape, names))
        linked = re.sub(rf"\]\(#({others})\)", r"](\1.md)", higher)
        yield f"api/{name}.md", f"# {name}\n{linked}"


def _drawings(drawn: Mapping[str, str]) -> Iterator[str]:
    for name, text in drawn.items():
        title = name.removesuffix(".mmd").replace("-", " ")
        yield f'\n## {title}\n\n<div class="wide" markdown>\n\n```mermaid\n{text}```\n\n</div>\n'


def _from_root(text: str) -> str:
    """Return a document of the root with its links as they are from `docs`."""
    return _LINK.sub(lambda m: f"[{m[1]}]({m[2].removeprefix('docs/')})", text)


def _linked(path: str, text: str, known: Mapping[str, str]) -> str:
    """Return a page in which every link leads to a page; what is none is named alone."""

    def link(found: re.Match[str]) -> str:
        label, target = found[1], found[2]
        place, _, anchor = target.partition("#")
        if "://" in target or not place:
            return found[0]
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        if f"{whole}/README.md" in known:
            place = posixpath.join(place, "README.md")
            return f"[{label}]({place}{f'#{anchor}' if anchor else ''})"
        return found[0] if whole in known else label

    pieces, at = [], 0
    for fence in _FENCE.finditer(text):
        pieces += [_LINK.sub(link, text[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*pieces, _LINK.sub(link, text[at:])])

"""The tables of inputs and outputs in each module's README, made from its code.

`python -m tests.modules.readme` writes them anew; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import hcl2

MODULES = Path(__file__).resolve().parents[2] / "modules"
_MARK = "<!-- tables -->"


def modules() -> list[Path]:
    """Return the directory of every module."""
    return sorted({path.parent for path in MODULES.glob("*/*.tf")})


def blocks(module: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return a module's blocks of one kind, `variable` or `output`, by label in file order."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(module.glob("*.tf"), key=lambda file: (len(file.stem), file.stem)):
        for block in hcl2.loads(path.read_text(encoding="utf-8")).get(kind, ()):
            for label, body in block.items():
                found[label.strip('"')] = body | {"file": path.name}
    return found


def expected(module: Path) -> str:
    """Return the README as it should be: its own words, and the tables after the mark."""
    words, _, _ = (module / "README.md").read_text(encoding="utf-8").partition(_MARK)
    inputs = [
        _row(name, body, f"`{_type(body['type'])}`", _default(body))
        for name, body in blocks(module, "variable").items()
    ]
    outputs = [_row(name, body) for name, body in blocks(module, "output").items()]
    lines = [
        f"{words.rstrip()}\n",
        f"{_MARK}\n",
        "## Inputs\n",
        "| name | type | default | meaning |",
        "|---|---|---|---|",
        *inputs,
        "\n## Outputs\n",
        "| name | meaning |",
        "|---|---|",
        *outputs,
    ]
    return "\n".join(lines) + "\n"


def example(module: Path) -> dict[str, Any]:
    """Return the arguments of the module call that the README shows."""
    shown = re.search(r"```hcl\n(.*?)```", (module / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown, f"{module.name}/README.md shows no call of the module"
    (call,) = hcl2.loads(shown[1])["module"]
    (arguments,) = call.values()
    return {name: value for name, value in arguments.items() if not name.startswith("__")}


def _row(name: str, body: dict[str, Any], *facts: str) -> str:
    cells = (f"[`{name}`]({body['file']})", *facts, _words(body))
    return f"| {' | '.join(cells)} |"


def _type(written: str) -> str:
    """Return a type constraint without the attributes of its objects: the description has them."""
    text = re.sub(r"^\$\{(.*)\}$", r"\1", written, flags=re.DOTALL)
    return re.sub(r"object\(\{.*\}\)", "object", text, flags=re.DOTALL)


def _default(body: dict[str, Any]) -> str:
    return f"`{_literal(body['default'])}`" if "default" in body else "required"


def _literal(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(
            f"{name} = {_literal(item)}"
            for name, item in value.items()
            if not name.startswith("__")
        )
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_literal(item) for item in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _words(body: dict[str, Any]) -> str:
    return str(body["description"]).strip('"').replace("|", "\\|")


@click.command()
def main() -> None:
    """Write the tables of every module's README."""
    for module in modules():
        (module / "README.md").write_text(expected(module), encoding="utf-8")


if __name__ == "__main__":
    main()

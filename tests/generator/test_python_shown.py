"""Generated Python says what the manifest says: docstrings, literals and defaults, as parsed."""

import ast
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import assume, given, settings

from generator.pipeline import examine
from generator.render.payload import payload
from tests.generator import manifests
from tests.generator.hostile_jobs import jobs, line


@given(jobs())
@settings(max_examples=60, deadline=None)
def test_every_text_is_in_the_class_as_it_is_written(job: dict[str, Any]) -> None:
    """The description of the job and of each property, each choice, and each default."""
    with tempfile.TemporaryDirectory() as folder:
        text = manifests.manifest({"send-receipt": job}, environments=["dev"])
        manifest = examine(manifests.write(Path(folder), text)).manifest
    assume(manifest is not None)
    assert manifest is not None
    tree = ast.parse(payload(manifest.jobs[0]))
    top = next(node for node in tree.body if isinstance(node, ast.ClassDef))

    said = line(ast.get_docstring(top) or "")
    assert line(job["description"]) in {said, said.removesuffix("."), summarised(said)}
    for (name, schema), field in zip(
        job["payload"]["properties"].items(), fields(top), strict=True
    ):
        texts = {node.value for node in ast.walk(field.code) if isinstance(node, ast.Constant)}
        if "type" in schema and schema["type"] == "object":
            continue
        assert line(schema["description"]) == line(field.about)
        assert set(schema.get("enum", ())) <= texts
        assert "default" not in schema or schema["default"] in texts
        assert field.attribute == name or name in texts


def summarised(said: str) -> str:
    """Return a docstring without the summary that stands before a long text."""
    return said.removeprefix("What `SendReceipt` holds. ").removesuffix(".")


class Field:
    """An annotated name of a class, and the text after it."""

    def __init__(self, code: ast.AnnAssign, after: ast.stmt | None) -> None:
        """Take the text if it is one."""
        assert isinstance(code.target, ast.Name)
        self.attribute, self.code, self.about = code.target.id, code, ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            self.about = str(after.value.value)


def fields(top: ast.ClassDef) -> list[Field]:
    """Return the properties of a class, in order."""
    after = [*top.body[1:], None]
    return [
        Field(node, following)
        for node, following in zip(top.body, after, strict=True)
        if isinstance(node, ast.AnnAssign) and "ClassVar" not in ast.dump(node.annotation)
    ]

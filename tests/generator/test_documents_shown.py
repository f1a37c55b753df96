"""The documents as they are rendered: every text of the manifest is seen as it is written there."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from generator.pipeline import examine
from generator.render.document import document
from generator.render.reference import reference
from generator.render.rulebook import rulebook
from tests.generator import manifests
from tests.generator.hostile_jobs import jobs, line
from tests.generator.markdown_shown import FLAVOURS, Block, Flavour, blocks
from tests.generator.test_markdown import prose, seen

HEADINGS = [
    *("Jobs of shop", "send-receipt", "Payload of send-receipt", "Retries of send-receipt"),
    *("Queue of send-receipt", "Schedules of send-receipt", "Alarms of send-receipt"),
    *("Function of send-receipt", "Costs of send-receipt"),
    "Sending send-receipt",
]
CASES = sorted((Path(__file__).parent / "cases").iterdir())


@given(jobs())
@settings(max_examples=60, deadline=None)
def test_every_text_is_seen_as_it_is_written(job: dict[str, Any]) -> None:
    """Descriptions, names, values, limits and payloads, and nothing of them is markup."""
    with tempfile.TemporaryDirectory() as folder:
        text = manifests.manifest({"send-receipt": job}, environments=["dev"])
        manifest = examine(manifests.write(Path(folder), text)).manifest
    assume(manifest is not None)
    assert manifest is not None
    about = document(manifest)

    for flavour in FLAVOURS:
        found = blocks(about, flavour)
        assert [text for kind, text in found if kind == "heading"] == HEADINGS
        assert ("paragraph", prose(line(job["description"]))) in found
        (key,) = job["idempotency"]["key"]
        assert any(
            str(text).startswith(f"Two messages with equal {shown_name(key)} ") for _, text in found
        )
        (message,) = (text for kind, text in found if kind == "fence json")
        assert json.loads(str(message))["data"][key] in job["payload"]["properties"][key]["enum"]
    overview, _costs, fields, _retries, _queue, schedules, *_ = tables(blocks(about, "gfm"))
    assert overview[1][1] == prose(line(job["description"]))
    assert fields[1:] == list(rows(job["payload"]))
    assert json.loads(schedules[1][3]) == job["schedule"][0]["payload"]


def tables(found: list[Block]) -> list[Any]:
    """Return the rows of each table."""
    return [rows for kind, rows in found if kind == "table"]


def shown_name(name: str) -> str:
    """Return how a name is seen in code."""
    return seen(name or '""')


def rows(payload: dict[str, Any]) -> Any:  # noqa: ANN401 - cells
    """Yield what the table of the payload's fields should show."""
    for name, schema in payload["properties"].items():
        kind, limits = {"string": "text"}.get(schema.get("type"), schema.get("type")), ""
        if "enum" in schema:
            values = ", ".join(map(shown_name, schema["enum"]))
            kind = f"one of {values}" if len(schema["enum"]) > 1 else values
        if "default" in schema:
            limits = f"default {shown_name(schema['default'])}"
        needed = "yes" if name in payload["required"] else "no"
        yield [shown_name(name), kind, needed, limits, prose(schema.get("description", ""))]
        for inner in schema.get("properties", ()):
            yield [shown_name(f"{name}.{inner}"), "whole number", "no", "", ""]


OUR_OWN = {"From a <link_open>Python service:"}
"""Links that the templates mean to write."""


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_our_own_documents_hold_no_accidental_markup(flavour: Flavour) -> None:
    """Nothing in the rules' and the manifest's documents became a tag, an image or emphasis."""
    cases = [examine(case / "jobs.yaml").manifest for case in CASES]
    made = [reference(), rulebook(), *(document(manifest) for manifest in cases if manifest)]
    for text in made:
        for kind, shown in blocks(text, flavour):
            assert kind in {"heading", "paragraph", "table", "fence json", "fence yaml",
                            "fence python", "fence console",
                            "bullet_list_open", "list_item_open"}, (kind, shown)  # fmt: skip
            pieces = [cell for row in shown for cell in row] if kind == "table" else [shown]  # type: ignore[attr-defined]
            strange = {p for p in map(str, pieces) if "_open>" in p or "<html_inline>" in p}
            assert strange <= OUR_OWN


def test_a_definition_is_shown_once_however_often_it_is_used(tmp_path: Path) -> None:
    """Sixteen levels, each used twice, are seventeen objects, and not sixty thousand."""
    definitions: dict[str, Any] = {
        f"level-{n}": {
            "type": "object",
            "properties": {side: {"$ref": f"#/$defs/level-{n + 1}"} for side in ("left", "right")},
        }
        for n in range(16)
    }
    definitions["level-16"] = {"type": "object", "properties": {"leaf": {"type": "string"}}}
    properties = {"order_id": {"type": "string"}, "top": {"$ref": "#/$defs/level-0"}}
    payload = {**manifests.PAYLOAD, "properties": properties, "$defs": definitions}
    manifest = manifests.resolved(tmp_path, {"send-receipt": manifests.job(payload=payload)})
    about = document(manifest)
    _overview, _costs, fields, *_ = tables(blocks(about, "gfm"))

    assert len(fields) == 1 + 2 + 2 * 16 + 1
    assert fields[-1][-1] == "Its fields are those of top.left."
    assert len(about) < 10_000

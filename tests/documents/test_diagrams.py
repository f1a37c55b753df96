"""The generated diagrams, drawn by the real renderers in a headless browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from generator.pipeline import examine
from generator.render.diagrams import FOLDER, diagrams
from tests.editor.install import InstallError, module
from tests.generator import manifests
from tests.repo.tracked import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SHOTS = ROOT / "build" / "screenshots"
"""Where pictures are left to be looked at."""

OWN = examine(ROOT / "jobs.yaml").manifest
assert OWN is not None
DRAWN = diagrams(OWN)
MERMAID = sorted(path for path in DRAWN if path.endswith(".mmd"))

PAGE = (
    "<!doctype html><meta charset=utf-8><body style='margin:16px;background:#fff'><div id=at></div>"
)


def script(path: str) -> Path:
    """Return a script of npm; skip, or fail on demand, where it cannot be had."""
    try:
        return module(path)
    except InstallError as error:
        if os.environ.get("REQUIRE_EDITOR") == "1":
            pytest.fail(f"{path} cannot be installed: {error}")
        pytest.skip(f"NOT TESTED: {path} cannot be installed: {error}")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """Return a page that can draw Mermaid and BPMN."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.set_content(PAGE)
    page.add_script_tag(path=script("mermaid/dist/mermaid.min.js"))
    page.add_script_tag(path=script("bpmn-js/dist/bpmn-viewer.production.min.js"))
    page.evaluate("mermaid.initialize({startOnLoad: false})")
    return page


def drawn(page: Page, text: str) -> str:
    """Draw Mermaid and return all text of the picture.

    Raises:
        playwright.sync_api.Error: Mermaid does not understand it.
    """
    told: str = page.evaluate(
        """async (text) => {
            const {svg} = await mermaid.render("drawn", text);
            const at = document.querySelector("#at");
            at.innerHTML = svg;
            return at.innerText;
        }""",
        text,
    )
    return told


def overlaps(page: Page, selector: str) -> list[str]:
    """Return the pairs of shapes that lie on each other."""
    found: list[str] = page.evaluate(
        """(selector) => {
            const boxes = [...document.querySelectorAll(selector)].map((shape) => ({
                name: shape.id, ...shape.getBoundingClientRect().toJSON()}));
            const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
                a.top < b.bottom - 1 && b.top < a.bottom - 1;
            return boxes.flatMap((a, n) => boxes.slice(n + 1)
                .filter((b) => on(a, b)).map((b) => `${a.name} on ${b.name}`));
        }""",
        selector,
    )
    return found


@pytest.mark.parametrize("path", MERMAID)
def test_mermaid_draws_it(page: Page, path: str) -> None:
    """Every job or payload stands in it, and no shape lies on another."""
    text = drawn(page, (ROOT / path).read_text("utf-8"))
    name = path.rpartition("/")[2].removesuffix(".mmd")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.locator("#at svg").screenshot(path=SHOTS / f"{name}.png")

    assert OWN is not None
    named = {"uml-runtime": [job.class_name for job in OWN.jobs], "bpmn-job-lifecycle": ["sent"]}
    for word in named.get(name, [job.name for job in OWN.jobs]):
        assert word in text.replace("\n", ""), word
    assert overlaps(page, "#at g.node") == []


def test_bpmn_js_draws_the_life_of_a_message(page: Page) -> None:
    """Every shape and every arrow is there, and nothing was warned of."""
    text = (ROOT / FOLDER / "bpmn-job-lifecycle.bpmn").read_text("utf-8")
    page.evaluate("document.querySelector('#at').innerHTML = ''")
    warnings = page.evaluate(
        """async (text) => {
            const at = document.querySelector("#at");
            at.style.cssText = "width: 1400px; height: 620px";
            const viewer = new BpmnJS({container: at});
            const {warnings} = await viewer.importXML(text);
            viewer.get("canvas").zoom("fit-viewport");
            return warnings.map(String);
        }""",
        text,
    )
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.locator("#at").screenshot(path=SHOTS / "bpmn-job-lifecycle-bpmn.png")
    page.locator("#at").evaluate("(at) => at.style.cssText = ''")

    assert warnings == []
    assert page.locator("#at .djs-shape[data-element-id]").count() >= text.count(
        "<bpmndi:BPMNShape"
    )
    assert page.locator("#at .djs-connection").count() == text.count("<bpmndi:BPMNEdge")


def test_mermaid_refuses_what_is_broken(page: Page) -> None:
    """So that a test that draws can fail."""
    with pytest.raises(Exception, match="Parse error"):
        drawn(page, "flowchart LR\n  a --> [")


def test_jobs_of_any_kind_are_drawn(page: Page, tmp_path: Path) -> None:
    """Odd names of fields, twenty jobs, a job without fields."""
    odd = {"": 1, "1st": 1, "a b": 1, 'q"q': 1, "ü": 1, "end": 1, "order_id": 1}
    properties = {name: {"type": "string"} for name in odd}
    payload = {"type": "object", "required": ["order_id"], "properties": properties}
    jobs: dict[str, object] = {f"job-{n}": manifests.job() for n in range(20)}
    jobs |= {"odd-job": manifests.job(payload=payload), "end": manifests.job()}
    made = diagrams(manifests.resolved(tmp_path, dict(reversed(jobs.items()))))

    for path in MERMAID:
        assert drawn(page, made[path])

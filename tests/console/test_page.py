"""The page in a browser: find a group, plan, apply, see it done; strangers are refused."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.console.stage import console, environment, letters
from tests.desk.worlds import SECRET
from tests.simulator.sample import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from envs.desk.place import Place

pytestmark = pytest.mark.long

SPANS = {
    None: "", 0: "0 s", 59: "59 s", 60: "1 min", 61: "1 min 1 s", 3_600: "1 h", 3_725: "1 h 2 min",
    86_399: "23 h 59 min", 86_400: "1 d", 180_000: "2 d 2 h", 345_600: "4 d",
}  # fmt: skip
WIDTHS, SCHEMES = (390, 1440), ("light", "dark")
_PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Start an environment with letters of three kinds, one with a very long reason."""
    with environment(tmp_path_factory.mktemp("console")) as made:
        letters(made, "timeout of the provider", 3)
        letters(made, "hopeless case <script>document.title='taken'</script>", 2)
        letters(made, f"endless {'x' * 400}", 1)
        yield made


def test_a_group_is_found_planned_and_applied(chromium: Browser, place: Place) -> None:
    """By keyboard alone; what was discarded is gone from the list, what was replayed is sent."""
    with console(place, act=True) as running:
        page = _open(chromium, running.address)
        page.keyboard.press("2")
        group = page.locator(".card", has_text="hopeless")
        expect(group).to_contain_text("2", timeout=_PATIENCE)
        assert page.title() == "clarivum-local"
        group.get_by_role("button", name="Discard…").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#mistake")).to_contain_text("say why", timeout=_PATIENCE)
        page.keyboard.type("test data")
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_contain_text("2 discard", timeout=_PATIENCE)
        page.keyboard.type("another job")
        page.keyboard.press("Enter")
        expect(page.locator("#mistake")).to_contain_text("to confirm", timeout=_PATIENCE)
        page.locator("#answer").fill(JOB)
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_have_text("done: 2 discarded", timeout=_PATIENCE)
        expect(page.locator(".card", has_text="hopeless")).to_have_count(0)
        expect(page.locator(".card", has_text="timeout")).to_have_count(1)
        page.keyboard.press("5")
        expect(page.locator(".card", has_text="test data")).to_contain_text("2 discarded")
        page.close()


def test_a_job_shows_how_its_queue_moves(chromium: Browser, place: Place) -> None:
    """Depth, the age of the oldest message and the rate stand beside each other."""
    place.client("sqs").send_message(QueueUrl=place.queue_url(JOB), MessageBody="{}")
    letters(place, "just now", 5)
    with console(place, act=False) as running:
        page = _open(chromium, running.address)
        page.keyboard.press("1")
        facts = page.locator(".card dl").first
        expect(facts).to_contain_text("oldest", timeout=_PATIENCE)
        shown = dict(zip(facts.locator("dt").all_inner_texts(),
                         facts.locator("dd").all_inner_texts(), strict=True))  # fmt: skip
        assert shown["waiting"] == "1"
        assert re.fullmatch(r"(\d+ min )?\d+ s", shown["oldest"])
        assert 1 <= float(shown["rate"].removesuffix(" a minute")) <= (5 + 6) / 5
        said = "async (all) => { const { span } = await import('/words.js'); return all.map(span) }"
        assert page.evaluate(said, list(SPANS)) == list(SPANS.values())
        page.close()


def test_a_console_without_act_shows_and_refuses(chromium: Browser, place: Place) -> None:
    """There is no button, and a request that makes one up is refused."""
    with console(place, act=False) as running:
        page = _open(chromium, running.address)
        page.keyboard.press("2")
        expect(page.locator(".card", has_text="timeout")).to_have_count(1, timeout=_PATIENCE)

        assert page.get_by_role("button").count() == 0
        assert "read only" in page.locator("#environment").inner_text()
        assert SECRET not in page.content()
        own = {"Origin": running.origin, "Authorization": f"Bearer {running.guard.token}"}
        assert _asked(f"{running.origin}/api/plan", own, {"job": JOB}) == 403
        page.close()


def test_a_stranger_is_refused(chromium: Browser, place: Place) -> None:
    """Another host, another origin, or no token: a second session gets nothing."""
    with console(place, act=True) as running:
        token = {"Authorization": f"Bearer {running.guard.token}"}
        jobs, plan = f"{running.origin}/api/jobs", f"{running.origin}/api/plan"

        assert _asked(jobs, token) == 200
        assert _asked(jobs, {}) == 401
        assert _asked(jobs, {**token, "Host": "evil.example"}) == 421
        assert _asked(plan, {**token, "Origin": "http://evil.example"}, {"job": JOB}) == 403
        assert _asked(plan, token, {"job": JOB}) == 403
        page = _open(chromium, f"{running.origin}/")
        expect(page.locator("#notice")).to_contain_text("token is missing", timeout=_PATIENCE)
        page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_overflows(chromium: Browser, place: Place, width: int, scheme: str) -> None:
    """On a phone and on a desk, by day and by night; the pictures are kept if asked for."""
    with console(place, act=True) as running:
        page = _open(chromium, running.address, width=width, scheme=scheme)
        for number, name in enumerate(("jobs", "letters", "runs", "fires", "log"), 1):
            page.keyboard.press(str(number))
            expect(page.locator("#view")).to_have_attribute("data-shown", name, timeout=_PATIENCE)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if folder := os.environ.get("CONSOLE_PICTURES"):
                path = Path(folder) / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=str(path), full_page=True)
        page.keyboard.press("2")
        expect(page.locator("#view")).to_have_attribute("data-shown", "letters", timeout=_PATIENCE)
        page.get_by_role("button", name="Replay…").first.click()
        box = page.locator("#dialog").bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        page.close()


def _open(chromium: Browser, address: str, *, width: int = 1024, scheme: str = "light") -> Page:
    page = chromium.new_page(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    expect(page.locator("#notice")).not_to_have_text("…", timeout=_PATIENCE)
    assert wrong == []
    return page


def _asked(url: str, headers: dict[str, str], body: dict[str, str] | None = None) -> int:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - likewise
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code

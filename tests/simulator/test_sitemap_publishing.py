"""A sitemap that replaces another: whatever ends the run, at no moment is an index half true."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from clarivum_jobs import enqueue
from clarivum_jobs.testing import NONE, Faults, Kill, World
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.support import sitemap
from tests.runtime.sitemap_schema import indexed, urls
from tests.simulator.manifest import SITE, deployment, rendered, site

if TYPE_CHECKING:
    from collections.abc import Callable

    from clarivum_jobs.testing.machine.faults import Moment

BUCKET: str = rendered("sitemap-regeneration")["variables"]["SITE_BUCKET"]
PAGES = [f"{SITE}/{name}" for name in ("", "products", "blog")]


def _publish_twice(faults: Faults = NONE, seed: int = 0) -> World:
    """Publish one revision, then another that replaces it, and look at every moment between."""
    with World(seed, faults) as world:
        world.deploy(deployment("sitemap-regeneration"))
        site(world)
        world.s3.changed = _complete(world)
        for revision in ("a", "b"):
            enqueue(SitemapRegeneration(revision=revision))
            world.settle()
    return world


def _complete(world: World) -> Callable[[], None]:
    def look() -> None:
        index = world.s3.objects.get((BUCKET, "sitemap.xml"))
        if index is not None:
            named = [address.removeprefix(f"{SITE}/") for address in indexed(index.body)]
            assert [url for name in named for url in urls(_file(world, name))] == PAGES

    return look


def _file(world: World, name: str) -> bytes:
    return gzip.decompress(world.s3.objects[BUCKET, name].body)


def _ended_well(world: World) -> None:
    *files, index = world.s3.keys(BUCKET)
    assert index == "sitemap.xml"
    assert [f"{SITE}/{name}" for name in files] == indexed(world.s3.objects[BUCKET, index].body)
    assert not world.dead_letters("sitemap-regeneration").messages


@pytest.fixture(autouse=True)
def _small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """One address a file: three files and an index, so that there are halves to be seen."""
    monkeypatch.setattr(sitemap, "MAX_URLS", 1)


def test_killed_at_any_call_the_sitemap_is_complete_and_nothing_is_left_over() -> None:
    """Every call of the second run, before and after its effect."""
    calls = _publish_twice().runs[1].calls
    moments: tuple[Moment, ...] = ("before", "after")
    assert calls > 10
    for call in range(1, calls + 1):
        for moment in moments:
            _ended_well(_publish_twice(Faults(kills=(Kill(2, call, moment),))))


def test_lost_answers_of_s3_leave_a_complete_sitemap() -> None:
    """The client asks again, and is told that its own index stands there."""
    slips = 0
    for seed in range(40):
        world = _publish_twice(Faults(slip=0.15), seed)
        slips += " outage " in world.trace.text
        _ended_well(world)
    assert slips

"""The jobs of the manifest as deployments, with the numbers and entry points of production."""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from clarivum_jobs.testing import Deployment, Timer, World
from clarivum_jobs.testing.checks.checkup import Checkup
from clarivum_jobs.testing.checks.examples import example
from clarivum_jobs.testing.machine.router import RefusedError
from clarivum_jobs.testing.terraform.collection import job_calls
from generator.pipeline import examine
from handlers.support import sitemap
from tests.runtime.parties import Parties

if TYPE_CHECKING:
    from clarivum_jobs import Payload
    from clarivum_jobs.testing.machine.router import Answer, Params
    from generator.manifest.resolved import Worker

ROOT = Path(__file__).parents[2]
EVENTS = Parties(
    events={
        str(dt.date(2025, 12, 1) + dt.timedelta(days=number)): [
            {"id": f"{number}-{row}"} for row in range(number * 7 % 50)
        ]
        for number in range(31)
    }
)
"""What happened in December: as many events as the day makes of itself."""

SITE = "https://site.simulated"
_PARTIES = ("SITE_URL", "ANALYTICS_URL", "CRM_URL", "ENRICHMENT_URL", "SUPABASE_URL")
_PAGES: dict[str, Any] = {
    "data": [{"path": f"/{name}", "updatedAt": "2026-01-01"} for name in ("", "products", "blog")],
    "meta": {"pagination": {"pageCount": 1}},
}
(_FILE,) = sitemap.files((f"{SITE}{page['path']}", page["updatedAt"]) for page in _PAGES["data"])
_SITEMAP = gzip.decompress(_FILE.document)
_BOOK = {"title": "Book", "sections": [{"heading": "First", "text": "One.\n\nTwo."}]}
_LEAD = {"id": "1", "email": "ada@customer.example", "state": "captured"}


@functools.cache
def workers() -> dict[str, Worker]:
    """Every job as it is in production, by its name."""
    manifest = examine(ROOT / "jobs.yaml").manifest
    assert manifest is not None
    return {worker.job.name: worker for worker in manifest.workers["prod"]}


def payload_of(name: str) -> type[Payload]:
    """The generated payload class of a job."""
    job = workers()[name].job
    module = importlib.import_module(f"generated.payloads.{job.module}")
    model: type[Payload] = getattr(module, job.class_name)
    return model


def sample_of(name: str) -> Payload:
    """A payload of a job, made from its model; a day must be one that is over."""
    payload = example(payload_of(name))
    if "day" in type(payload).model_fields:
        return payload.model_copy(update={"day": dt.date(2025, 12, 30)})
    return payload


def deployment(name: str) -> Deployment:
    """A job, run through its generated entry point."""
    worker = workers()[name]
    module = importlib.import_module(f"generated.entrypoints.{worker.job.module}")

    def build() -> Any:  # noqa: ANN401 - the entry point of a new sandbox
        return importlib.reload(module).lambda_handler

    timers = [
        Timer(s.name, s.expression, s.timezone or "UTC", s.payload, s.overlap, s.max_age)
        for s in worker.schedules
    ]
    return Deployment(
        name=name,
        build=build,
        timeout=worker.timeout,
        visibility_timeout=worker.visibility_timeout,
        max_attempts=worker.max_attempts,
        concurrency=worker.concurrency,
        batch_size=worker.batch_size,
        delay=worker.delay,
        message_retention=worker.message_retention,
        dead_letter_retention=worker.dead_letter_retention,
        backoff_base=worker.backoff.base,
        backoff_cap=worker.backoff.cap,
        secrets=worker.job.secrets,
        enqueues=worker.job.enqueues,
        timers=tuple(timers),
        statements=tuple(rendered(name).get("access", {}).get("statements", ())),
        variables={**dict.fromkeys(_PARTIES, SITE), **rendered(name).get("variables", {})},
    )


@functools.cache
def rendered(name: str) -> dict[str, Any]:
    """What the generated root of production gives the module of a job, in the model's account."""
    text = (ROOT / "envs" / "prod" / "jobs.gen.tf").read_text(encoding="utf-8")
    return job_calls(text)[name]


def site(world: World) -> None:
    """Let the web answer as the product's site and the parties of its jobs do."""
    world.effects.web = lambda url: (200, _reply(url))
    world.effects.web_reply = _reply
    world.effects.answers["GetSuppressedDestination"] = _not_suppressed


def _not_suppressed(_params: Params) -> Answer:
    raise RefusedError(code="NotFoundException", why="It is on no list.", status=404)


def _reply(url: str) -> bytes:
    if "sitemap.xml" in url:
        return _SITEMAP
    if "/api/documents/" in url:
        return json.dumps({"data": _BOOK}).encode()
    if "/v1/events" in url:
        return json.dumps(EVENTS.page(parse_qs(urlsplit(url).query))).encode()
    if "/rest/v1/leads" in url:
        return json.dumps([_LEAD]).encode()
    return json.dumps(_PAGES if "/api/pages" in url else {}).encode()


def checkup(name: str) -> Checkup:
    """The check-up of a job of the manifest, with a payload made from its model."""
    alone = deployment(name)
    return Checkup(
        Deployment(**{f: getattr(alone, f) for f in alone.__slots__ if f != "timers"}),
        sample_of(name),
        site,
    )

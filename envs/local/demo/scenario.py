"""What the demo sends: good jobs, the same job twice, hopeless ones, and one nobody should send.

The failures are real: a page that is out of order, an address inside Lambda, a sender SES has not
verified.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from clarivum_jobs import InvalidPayloadError, enqueue, enqueue_json
from envs.local.demo.keys import put_secrets
from envs.local.demo.parties import DAYS, DOCUMENT, FIRST_DAY, LEAD
from envs.local.demo.site import OUT_OF_ORDER
from envs.local.demo.stack import StackError
from generated.payloads.analytics_backfill import AnalyticsBackfill
from generated.payloads.cache_warming import CacheWarming
from generated.payloads.email_fulfillment import EmailFulfillment
from generated.payloads.lead_enrichment import LeadEnrichment
from generated.payloads.pdf_export import PdfExport
from generated.payloads.sitemap_regeneration import SitemapRegeneration

if TYPE_CHECKING:
    from envs.local.demo.stack import Stack
    from envs.local.engine.clients import Aws

READER = "reader@customer.example"
RECIPIENT = "ada@customer.example"
REJECTED_RECIPIENT = "grace@customer.example"
_INSIDE = "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next"
_SCHEDULE = {"Name": "cache-warming-hourly", "GroupName": "clarivum-local"}
_FUNCTION = "clarivum-local-cache-warming"


@dataclass(frozen=True)
class Sent:
    """The ids of what was sent, by what shall become of it.

    Attributes:
        sitemap: A good job; writes the site's map.
        lead: A good job; the provider is in a hurry at first.
        backfill: A good job; a range of days, each of which becomes a job.
        document: A good job; its link is mailed to `READER`.
        mails: The same mail, enqueued twice.
        warming: A good job; requests `pages`.
        pages: Paths on the site, which nothing else requests.
        broken: Its page answers 500.
        forbidden: Its page is Lambda's own runtime interface, which only the function can reach.
        rejected: SES refuses its sender.
        refusal: The words in which the library refused an invalid payload.
        scheduled: One run of the schedule, as two events that name the same time asked for it.
    """

    sitemap: str
    lead: str
    backfill: str
    document: str
    mails: tuple[str, str]
    warming: str
    pages: tuple[str, ...]
    broken: str
    forbidden: str
    rejected: str
    refusal: str
    scheduled: tuple[str, str]

    def ids(self) -> frozenset[str]:
        """Return the id of every job that was enqueued."""
        made = (self.sitemap, self.lead, self.backfill, self.document)
        good = (*made, *self.mails, self.warming, *self.scheduled)
        return frozenset((*good, self.broken, self.forbidden, self.rejected))


def send(stack: Stack) -> Sent:
    """Send everything."""
    pages = ("/spring-sale?warm=1", "/spring-sale/lamp?warm=1", "/spring-sale/desk?warm=1")
    good = tuple(stack.site + page for page in pages)
    broken = f"{stack.site}{OUT_OF_ORDER}"
    mail = EmailFulfillment(email_id=uuid.uuid4(), to=RECIPIENT, template="lead-magnet")
    unverified = EmailFulfillment(
        email_id=uuid.uuid4(), to=REJECTED_RECIPIENT, template="receipt", sender="receipts"
    )
    put_secrets(stack.aws)
    lead = LeadEnrichment(lead_id=uuid.UUID(LEAD), email=RECIPIENT, source="web")
    days = AnalyticsBackfill(export_id="demo", day=date.fromisoformat(FIRST_DAY), days=DAYS)
    book = PdfExport(document_id=uuid.UUID(DOCUMENT), format="pdf", recipient=READER)
    return Sent(
        document=enqueue(book).job_id,  # its function has the longest start
        sitemap=enqueue(SitemapRegeneration(revision="demo")).job_id,
        lead=enqueue(lead).job_id,
        backfill=enqueue(days).job_id,
        mails=(enqueue(mail).job_id, enqueue(mail).job_id),
        warming=enqueue(CacheWarming(urls=good, run="demo")).job_id,
        pages=pages,
        broken=enqueue(CacheWarming(urls=(broken,), run="demo")).job_id,
        forbidden=enqueue(CacheWarming(urls=(_INSIDE,), run="demo")).job_id,
        rejected=enqueue(unverified).job_id,
        refusal=_send_invalid(),
        scheduled=_fire_twice(stack.aws),
    )


def _send_invalid() -> str:
    """Try to enqueue what does not fit the contract; return how it was refused."""
    document = {"email_id": str(uuid.uuid4()), "to": "not an address", "template": "lead-magnet"}
    try:
        enqueue_json(EmailFulfillment, document)
    except InvalidPayloadError as error:
        return str(error)
    return ""


def _fire_twice(aws: Aws) -> tuple[str, str]:
    """Hand the handler the event AWS would send, twice, as at-least-once delivery may.

    The emulator leaves the placeholders in a schedule's input as they are; here they are filled
    in as EventBridge Scheduler fills them in.
    """
    schedule = aws.scheduler.get_schedule(**_SCHEDULE)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    event = schedule["Target"]["Input"]
    event = event.replace("<aws.scheduler.scheduled-time>", now)
    event = event.replace("<aws.scheduler.schedule-arn>", schedule["Arn"])
    return _fire(aws, event), _fire(aws, event)


def _fire(aws: Aws, event: str) -> str:
    """Invoke the handler; return the id of the job it enqueued."""
    answer = aws.functions.invoke(FunctionName=_FUNCTION, Payload=event.encode())
    result = json.load(answer["Payload"])
    if "FunctionError" in answer:
        message = f"{_FUNCTION} failed on its schedule's event: {result}"
        raise StackError(message)
    return str(result["job_id"])

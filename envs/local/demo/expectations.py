"""What should have become of each thing that was sent, held against what was seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from envs.local.demo import workloads
from envs.local.demo.rows import DONE, Row, equal, ran, row
from envs.local.demo.scenario import RECIPIENT, REJECTED_RECIPIENT
from envs.local.demo.site import OUT_OF_ORDER, published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envs.local.demo.observe import Observation, Run
    from envs.local.demo.scenario import Sent

MAIL, WARM, MAP = "email-fulfillment", "cache-warming", "sitemap-regeneration"
_FIVE_FAILURES = [(1, "retry"), (2, "retry"), (3, "retry"), (4, "retry"), (5, "dead")]


def compare(sent: Sent, seen: Observation) -> list[Row]:
    """Return one row for each thing that was sent."""
    return [
        workloads.lead(sent, seen),
        workloads.backfill(sent, seen),
        workloads.document(sent, seen),
        _sitemap(sent, seen),
        _mail_twice(sent, seen),
        _warming(sent, seen),
        _broken(sent, seen),
        _forbidden(sent, seen),
        _rejected(sent, seen),
        _invalid(sent, seen),
        _delivered_twice(sent, seen),
        _fired(sent, seen),
    ]


def _sitemap(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(sent.sitemap)
    addresses = [text for text in seen.objects.values() if "<urlset" in text]
    listed = sum(len(re.findall("<loc>", text)) for text in addresses)
    problems = [*ran(runs, DONE), *equal("addresses in the sitemap", len(published()), listed)]
    effect = f"{len(seen.objects)} objects, {listed} addresses"
    return row(MAP, "good", runs, effect, problems)


def _mail_twice(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(*sent.mails)
    mails = seen.mails.count(RECIPIENT)
    problems = [*_once(runs), *equal("mails sent", 1, mails)]
    return row(MAIL, "good, enqueued twice", runs, f"{mails} mail", problems)


def _warming(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(sent.warming)
    hits = [seen.hits.get(page, 0) for page in sent.pages]
    problems = [*ran(runs, DONE), *equal("hits of each page", [1] * len(hits), hits)]
    return row(WARM, "good", runs, f"{sum(hits)} pages hit once", problems)


def _broken(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(sent.broken)
    problems = [*ran(runs, _FIVE_FAILURES), *_dead_letter(seen, sent.broken, WARM, 5)]
    problems += equal("hits of the page", 5, seen.hits.get(OUT_OF_ORDER, 0))
    return _dead_row(WARM, "page out of order", sent.broken, seen, problems)


def _forbidden(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(sent.forbidden)
    problems = [*ran(runs, [(1, "dead")]), *_dead_letter(seen, sent.forbidden, WARM, 1)]
    return _dead_row(WARM, "address inside Lambda", sent.forbidden, seen, problems)


def _rejected(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(sent.rejected)
    mails = seen.mails.count(REJECTED_RECIPIENT)
    problems = [
        *ran(runs, [(1, "dead")]),
        *_dead_letter(seen, sent.rejected, MAIL, 1),
        *equal("mails to the recipient", 0, mails),
    ]
    return _dead_row(MAIL, "sender not verified", sent.rejected, seen, problems)


def _invalid(sent: Sent, seen: Observation) -> Row:
    strangers = {
        run.job_id for run in seen.runs if run.job == MAIL and run.job_id not in sent.ids()
    }
    problems = [] if sent.refusal else ["the library accepted it"]
    # The one that the export has sent.
    problems += equal("jobs that nobody here sent", 1, len(strangers))
    outcome = "refused before sending" if sent.refusal else "accepted"
    return Row(MAIL, "invalid payload", outcome, "0", "none", sent.refusal, "", tuple(problems))


def _delivered_twice(sent: Sent, seen: Observation) -> Row:
    runs = seen.runs_of(*sent.scheduled)
    hits = _page_hits(seen)
    # Once for this event, and once for each run of the schedule itself.
    times = 1 + sum(run.outcome == "done" for run in _of_the_schedule(sent, seen))
    problems = [*_once(runs), *equal("hits of each page", [times] * len(hits), hits)]
    effect = f"{len(hits)} pages hit once"
    return row(WARM, "one schedule event, delivered twice", runs, effect, problems)


def _fired(sent: Sent, seen: Observation) -> Row:
    """The schedule itself: a job of it is one that nobody here has sent."""
    runs = _of_the_schedule(sent, seen)
    done = {run.job_id for run in runs if run.outcome == "done"}
    hits = _page_hits(seen)
    problems = [
        *([] if done else ["no scheduled run is done"]),
        *equal("runs that are no run of their own", 0, len(runs) - len(done)),
        *equal("hits of each page", [1 + len(done)] * len(hits), hits),
    ]
    effect = f"{len(hits)} pages hit once a run"
    return row(WARM, "its schedule, every minute", runs, effect, problems)


def _of_the_schedule(sent: Sent, seen: Observation) -> list[Run]:
    return [run for run in seen.runs if run.job == WARM and run.job_id not in sent.ids()]


def _page_hits(seen: Observation) -> list[int]:
    return [seen.hits.get(entry["path"], 0) for entry in published()]


def _once(runs: Iterable[Run]) -> list[str]:
    """Two sends of one key: one does the work, the other finds it done, perhaps after a wait."""
    ended = sorted(run.outcome for run in runs if run.outcome != "retry")
    return equal("outcomes", ["done", "duplicate"], ended)


def _dead_row(job: str, case: str, job_id: str, seen: Observation, problems: list[str]) -> Row:
    runs = seen.runs_of(job_id)
    reason = "; ".join(letter.reason for letter in seen.dead_of(job_id))
    alarm = _alarm(job)
    state = "ALARM" if alarm in seen.alarms else "OK"
    told = "on-call told" if alarm in seen.notified else "on-call not told"
    outcome = "dead-lettered" if reason else ", ".join(run.outcome for run in runs)
    attempts = str(max((run.attempt for run in runs), default=0))
    return Row(job, case, outcome, attempts, "none", reason, f"{state}, {told}", tuple(problems))


def _dead_letter(seen: Observation, job_id: str, job: str, attempts: int) -> list[str]:
    letters = seen.dead_of(job_id)
    problems = equal("dead letters", 1, len(letters))
    for letter in letters:
        problems += equal("attempts of the dead letter", attempts, letter.attempt)
        problems += [] if letter.reason else ["the dead letter has no reason"]
    problems += equal("ringing alarms", sorted(map(_alarm, (MAIL, WARM))), sorted(seen.alarms))
    problems += [] if _alarm(job) in seen.notified else ["on-call was not told"]
    return problems


def _alarm(job: str) -> str:
    return f"clarivum-local-{job}-dead-letters"

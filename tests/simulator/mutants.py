"""Deliberate mistakes in the code under test, put in while it is imported.

As a pytest plugin (`-p tests.simulator.mutants`, with `MUTANT` naming one) it rewrites one line of
one module of the running process; no file changes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from tests.mutation.loading import change_on_import


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        module: Where it is made.
        before: What stands there, exactly once.
        after: What stands there instead.
        test: The test that must notice.
    """

    module: str
    before: str
    after: str
    test: str

    def made(self, source: str) -> str:
        """Return a source with the mistake in it."""
        assert source.count(self.before) == 1, f"{self.module} has changed"
        return source.replace(self.before, self.after)


MUTANTS = {
    "claims-are-not-exclusive": Mutant(
        "clarivum_jobs.records.writes",
        '" AND #in_progress_expiration < :now AND',
        '" AND NOT #in_progress_expiration = :now AND',
        "test_copies_delivered_while_one_runs_have_one_effect",
    ),
    "claims-never-end": Mutant(
        "clarivum_jobs.records.writes",
        "in_progress_expiration=number(until),\n        expiration",
        "in_progress_expiration=number(until * 2),\n        expiration",
        "test_work_of_a_killed_run_is_taken_up_again",
    ),
    "no-batch-return": Mutant(
        "clarivum_jobs.worker.entry",
        'return {"batchItemFailures": [{"itemIdentifier": name} for name in stay]}',
        "return None",
        "test_failed_message_is_not_acknowledged",
    ),
    "acknowledge-before-park": Mutant(
        "clarivum_jobs.worker.outcome",
        "park(services.sqs, letter)",
        "services.sqs.delete_message(QueueUrl=settings.queue_url, "
        "ReceiptHandle=self._delivery.receipt_handle); park(services.sqs, letter)",
        "test_message_is_parked_before_it_is_acknowledged",
    ),
    "acknowledge-unparked": Mutant(
        "clarivum_jobs.worker.outcome",
        "return Retry(backoff.outage_wait(self._delivery.receives), dead.code, dead.reason)",
        "return None",
        "test_message_is_parked_before_it_is_acknowledged",
    ),
    "no-cap": Mutant(
        "clarivum_jobs.core.backoff",
        "return min(doubled, cap, MAX_WAIT)",
        "return doubled",
        "test_waits_grow_and_never_pass_the_cap",
    ),
    "sensitive-values-told": Mutant(
        "clarivum_jobs.privacy.redactor",
        "return not self.empty and self._beginnings.may_stand_in(seen)",
        "return False",
        "test_failed_message_is_not_acknowledged",
    ),
    "attempts-counted-by-the-queue": Mutant(
        "clarivum_jobs.records.idempotency",
        "self._piece.do(self._claim.item.number)",
        "self._piece.do(self._claim.delivery.receives)",
        "test_throttled_deliveries_use_up_no_attempt",
    ),
    "stale-runs-begun": Mutant(
        "clarivum_jobs.contract.envelope",
        "return self.notafter is not None and dt.datetime.now(dt.UTC) > self.notafter",
        "return False",
        "test_stale_run_is_dropped_and_told",
    ),
    "copies-begin-anew": Mutant(
        "clarivum_jobs.records.claiming",
        "return ask.sent >= found.last_word and (ask.replayed or late or other)",
        "return True",
        "test_copies_share_the_attempts_of_their_work",
    ),
    "replays-begin-no-round": Mutant(
        "clarivum_jobs.records.claiming",
        "return ask.sent >= found.last_word and (ask.replayed or late or other)",
        "return False",
        "test_each_replay_has_all_attempts_and_no_more",
    ),
    "done-is-recorded-by-one-try": Mutant(
        "clarivum_jobs.records.claim",
        "if time.monotonic() + wait > last:",
        "if True:",
        "test_record_of_done_work_is_tried_while_there_is_time",
    ),
    "what-was-done-is-forgotten": Mutant(
        "clarivum_jobs.records.idempotency",
        "if key in self._claim.records.unsaved:",
        "if False:",
        "test_work_that_a_sandbox_did_and_could_not_record_is_not_done_there_again",
    ),
    "what-was-not-heard-of-counts": Mutant(
        "clarivum_jobs.records.claim",
        "unheld.seen_through(self.id, found, ask.now)",
        "found",
        "test_an_attempt_that_a_sandbox_never_heard_of_is_made_there",
    ),
    "other-content-is-not-seen": Mutant(
        "clarivum_jobs.records.claiming",
        'differs=found.content not in {"", ask.content}',
        "differs=False",
        "test_other_content_under_one_key_is_parked_where_the_job_asks",
    ),
    "item-holds-any-payload": Mutant(
        "clarivum_jobs.records.work_item",
        "return _REST + size <= _UNIT",
        "return True",
        "test_done_job_costs_four_write_units",
    ),
    "list-is-never-cut": Mutant(
        "clarivum_jobs.records.work_item",
        "-MOST_ATTEMPTS:",
        "-MOST_ATTEMPTS * 100 :",
        "test_item_stays_small_however_many_attempts_said_nothing",
    ),
    "old-reason-stays": Mutant(
        "clarivum_jobs.records.claim",
        'write.remove("code", "reason")',
        "pass",
        "test_finished_job_tells_its_attempts",
    ),
    "runs-overlap": Mutant(
        "clarivum_jobs.schedules.overlap",
        "return work.status in _UNFINISHED and",
        "return False and",
        "test_run_that_would_overlap_is_skipped_if_the_schedule_says_so",
    ),
    "what-is-done-stays-till-the-end": Mutant(
        "clarivum_jobs.worker.batch",
        "self._delete(delivery)",
        "pass",
        "test_what_is_done_is_deleted_before_its_neighbours_run",
    ),
    "suspects-run-among-others": Mutant(
        "clarivum_jobs.worker.batch",
        "_UNTRIED).killed]",
        "_UNTRIED).attempts > 9]",
        "test_what_ended_a_sandbox_runs_alone_from_then_on",
    ),
    "suspects-give-way-for-ever": Mutant(
        "clarivum_jobs.worker.batch",
        "_MOST_PUT_OFFS = 3",
        "_MOST_PUT_OFFS = 300",
        "test_a_suspect_is_not_starved_by_a_full_queue",
    ),
    "fewest-receives-first": Mutant(
        "clarivum_jobs.worker.batch",
        "reverse=True",
        "reverse=False",
        "test_what_was_received_most_often_goes_first",
    ),
    "only-exceptions-are-judged": Mutant(
        "clarivum_jobs.worker.attempt",
        "if is_a(error, SandboxEndedError):",
        "if not is_a(error, Exception):",
        "test_healthy_messages_are_done_whatever_their_neighbours_do",
    ),
    "outages-use-up-attempts": Mutant(
        "clarivum_jobs.worker.verdict",
        "_AWAY = (NewerVersionError, RecordStoreError, SecretUnavailableError, EnqueueError)",
        "_AWAY = (NewerVersionError,)",
        "test_an_hour_without_a_service_dead_letters_nothing",
    ),
    "outages-are-asked-too-often": Mutant(
        "clarivum_jobs.core.backoff",
        "return math.ceil(random.uniform(_OUTAGE_SHORTEST, 1) * bound)",
        "return min(_OUTAGE_BASE, bound)",
        "test_an_hour_without_a_service_dead_letters_nothing",
    ),
    "wrapped-outages-use-up-attempts": Mutant(
        "clarivum_jobs.core.foreign",
        'cause = _own(cause, "__cause__") or context',
        "cause = None",
        "test_a_third_service_that_a_handler_needs_to_enqueue_costs_no_attempt",
    ),
    "newer-versions-are-parked": Mutant(
        "clarivum_jobs.worker.verdict",
        "is_a(error, *_HOPELESS) and not is_a(error, *_AWAY)",
        "is_a(error, *_HOPELESS)",
        "test_messages_of_a_newer_version_wait_for_the_roll_out",
    ),
    "the-reason-is-not-kept": Mutant(
        "clarivum_jobs.records.claiming",
        'found.reason if found.last_failed else ""',
        '""',
        "test_the_reason_outlasts_an_hour_without_the_dead_letter_queue",
    ),
    "letters-count-receives": Mutant(
        "clarivum_jobs.worker.outcome",
        "DeadLetter(settings, self._delivery, self.envelope, attempts, dead)",
        "DeadLetter(settings, self._delivery, self.envelope, self._delivery.receives, dead)",
        "test_a_letter_says_what_happened",
    ),
    "untold-letters-have-no-reason": Mutant(
        "clarivum_jobs.worker.outcome",
        "if not told:",
        "if False:",
        "test_a_body_without_room_is_parked_at_once_and_its_reason_is_kept",
    ),
    "refused-letters-have-no-reason": Mutant(
        "clarivum_jobs.worker.outcome",
        "self._note_letter(dead)\n            return",
        "return",
        "test_the_reason_is_kept_of_what_sqs_moves_itself",
    ),
    "letters-are-measured-in-characters": Mutant(
        "clarivum_jobs.worker.dead_letters",
        "_LARGEST - len(letter.delivery.body.encode())",
        "_LARGEST - len(letter.delivery.body)",
        "test_a_body_without_room_is_parked_at_once_and_its_reason_is_kept",
    ),
    "refusals-are-outages": Mutant(
        "clarivum_jobs.worker.verdict",
        " and not _is_refusal(cause)",
        "",
        "test_a_queue_that_refuses_uses_up_attempts",
    ),
    "done-work-is-told-as-killed": Mutant(
        "clarivum_jobs.records.claim",
        " and self.id not in self.records.unsaved",
        "",
        "test_done_work_whose_record_had_to_wait_is_told_as_what_is_known_of_it",
    ),
    "no-jitter": Mutant(
        "clarivum_jobs.core.backoff",
        "random.uniform(0, bound)",
        "bound",
        "test_waits_use_the_whole_span",
    ),
}


if "MUTANT" in os.environ:
    chosen = MUTANTS[os.environ["MUTANT"]]
    change_on_import(chosen.module, chosen.made)

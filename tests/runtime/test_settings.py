"""The environment is read in one place and complained about in one go."""

import pytest

from clarivum_jobs.core.errors import JobClosedError, SettingsError
from clarivum_jobs.core.settings import ProducerSettings, WorkerSettings, variable

COMPLETE = {
    "JOB_NAME": "sample-job",
    "JOB_ENVIRONMENT": "test",
    "JOB_QUEUE_URL": "https://sqs.test/q",
    "JOB_DEAD_LETTER_QUEUE_URL": "https://sqs.test/q-dlq",
    "JOB_MAX_ATTEMPTS": "5",
    "JOB_MAX_RECEIVES": "26",
    "JOB_MESSAGE_RETENTION": "345600",
    "JOB_BACKOFF_BASE": "10",
    "JOB_BACKOFF_CAP": "900",
    "JOB_VISIBILITY_TIMEOUT": "180",
    "JOB_RECORD_RETENTION": "1555200",
    "JOB_SECRETS": '{"api-key": "arn:aws:secretsmanager:eu-west-1:1:secret:api-key"}',
    "JOBS_TABLE": "clarivum-test-jobs",
    "POWERTOOLS_METRICS_NAMESPACE": "ClarivumJobs",
}


def test_worker_settings_come_from_the_functions_environment() -> None:
    """Numbers become numbers, secrets a map."""
    settings = WorkerSettings.from_environment(COMPLETE)

    assert (settings.job, settings.max_attempts, settings.backoff_cap) == ("sample-job", 5, 900)
    assert set(settings.secrets) == {"api-key"}


def test_everything_that_is_missing_is_named_at_once() -> None:
    """Nobody finds out one variable at a time."""
    broken = {
        **COMPLETE,
        "JOB_MAX_ATTEMPTS": "five",
        "JOB_SECRETS": "[]",
        "JOB_NAME": "",
        "JOB_ON_CONFLICT": "drop",
    }

    with pytest.raises(SettingsError) as caught:
        WorkerSettings.from_environment(broken)

    text = str(caught.value)
    for complaint in (
        "JOB_NAME is not set",
        "JOB_MAX_ATTEMPTS is not a whole number",
        "JOB_SECRETS is not a JSON object",
        "JOB_ON_CONFLICT is none of tell, park",
    ):
        assert complaint in text


def test_producer_needs_to_know_where_the_queues_are() -> None:
    """An empty environment is no environment."""
    with pytest.raises(SettingsError, match="JOBS_QUEUE_BASE_URL"):
        ProducerSettings.from_environment({})


def test_handler_reads_its_variables_through_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is not set is a clear error."""
    monkeypatch.setenv("SITE_URL", "https://clarivum.example")

    assert variable("SITE_URL") == "https://clarivum.example"
    with pytest.raises(SettingsError, match="SITE_BUCKET is not set"):
        variable("SITE_BUCKET")


def test_worker_that_may_enqueue_nothing_is_told_where_to_say_so() -> None:
    """The reader is a job's author, who knows the manifest and no variable."""
    with pytest.raises(SettingsError, match=r"sample-job may enqueue nothing: .* `enqueues`"):
        ProducerSettings.from_environment(COMPLETE)


def test_a_worker_sends_to_the_jobs_it_names_and_a_service_to_all() -> None:
    """The worker's own runs of schedules go to its own queue, without any grant."""
    sending = {"JOBS_QUEUE_BASE_URL": "https://sqs.test/base-", "JOBS_SOURCE": "test"}
    granted = {**COMPLETE, **sending, "JOBS_ENQUEUES": "mail,report"}
    own = {**COMPLETE, "JOBS_SOURCE": "test", "JOB_QUEUE_URL": "https://sqs.test/base-sample-job"}

    assert ProducerSettings.from_environment(sending).targets is None
    assert ProducerSettings.from_environment(granted).targets == frozenset(("mail", "report"))
    assert ProducerSettings.of_own_queue(own).queue_base_url == "https://sqs.test/base-"
    with pytest.raises(SettingsError, match="may not enqueue mail"):
        ProducerSettings.of_own_queue(own).allow("mail")


def test_a_closed_job_is_refused_before_anything_is_sent() -> None:
    """By its name alone: what is like it, and what has none to name, are open."""
    sending = {"JOBS_QUEUE_BASE_URL": "https://x/", "JOBS_SOURCE": "web"}
    closed = ProducerSettings.from_environment({**sending, "JOBS_CLOSED": "mail,report"})

    for job in ("mail", "report"):
        closed.allow(job)  # what was promised may still be cancelled
        with pytest.raises(JobClosedError, match=job):
            closed.admit(job)
    for job in ("mail-report", "mai", "x"):
        closed.admit(job)
        ProducerSettings.from_environment(sending).admit(job)

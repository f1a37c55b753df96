"""The verb looks at everything, changes nothing, and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from envs.deploy.release import Release
from envs.deploy.settings import read
from envs.doctor import __main__ as verb
from envs.doctor.finding import Finding
from envs.doctor.report import examine, lines
from envs.doctor.subject import subject_of
from tests.envs.services import ACCOUNT, REGION, TOPIC, Service, production
from tests.generator import manifests

if TYPE_CHECKING:
    from pathlib import Path

    from envs.doctor.subject import Subject


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    """Return an environment."""
    return production(tmp_path)


def test_a_check_that_may_not_ask_does_not_end_the_others(tmp_path: Path, subject: Subject) -> None:
    """Each refusal is one line; nothing is changed by any call that is made."""
    operations: list[str] = []

    def client(name: str) -> Any:  # noqa: ANN401 - of any service
        service = Service(name)
        service.client.meta.events.register(
            "provide-client-params.*.*",
            lambda model, **_: operations.append(f"{name}:{model.name}"),
        )
        for operation in {
            "sns": ["list_subscriptions_by_topic"],
            "secretsmanager": ["describe_secret"],
            "sesv2": ["get_email_identity"],
            "lambda": [
                *("get_account_settings", "get_function_configuration"),
                "list_event_source_mappings",
            ],
            "scheduler": ["list_schedules"],
            "s3": ["head_bucket"],
        }[name]:
            service.refuse(operation, "AccessDenied", 403)
        return service.client

    found = list(examine(client, subject, tmp_path))

    assert len(found) == 8
    assert {finding.state for finding in found} == {"unknown"}
    assert all("answers" in finding.told for finding in found)
    verbs = {operation.partition(":")[2] for operation in operations}
    assert len(verbs) == 8
    assert all(verb.startswith(("Get", "List", "Describe", "Head")) for verb in verbs)


def test_the_report_says_what_to_do_about_what_is_not_fine() -> None:
    """One line for what is well, two for what is not."""
    findings = [
        Finding("mail", "fine", "verified"),
        Finding("secrets", "wrong", "without a value: x", "fill it"),
    ]

    assert list(lines(findings)) == [
        "ok     mail         verified",
        "WRONG  secrets      without a value: x",
        "                    -> fill it",
    ]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with one environment, whose verbs work there."""
    root = tmp_path / "envs" / "prod"
    root.mkdir(parents=True)
    (root / "terraform.tfvars").write_text(
        f'account_id = "{ACCOUNT}"\nmail_domain = "mail.example"\n', "utf-8"
    )
    (root / "variables.tf").write_text('variable "region" {\n  default = "eu-west-1"\n}\n')
    (root / "main.tf").write_text(
        'locals {\n  project = "shop"\n}\n\nmodule "platform" {\n  source = "../platform"\n}\n',
        "utf-8",
    )
    manifests.write(tmp_path, manifests.manifest({"send-receipt": manifests.job()}))
    monkeypatch.setattr(verb, "_REPOSITORY", tmp_path)
    return tmp_path


def test_the_subject_is_what_manifest_and_root_say(repository: Path) -> None:
    """Names, account, region and mail domain."""
    found = subject_of(repository, read(repository, "prod"))

    assert (found.base, found.account_id, found.region) == ("shop-prod", ACCOUNT, REGION)
    assert (found.mail_domain, found.needs_on_call) == ("mail.example", True)
    assert found.topic_arn == TOPIC
    assert [worker.base for worker in found.workers] == ["shop-prod-send-receipt"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("jobs: [", "make validate"), (None, "does not list the environment `prod`")],
)
def test_what_cannot_be_looked_at_is_told_in_one_line(
    wrong: str | None, told: str, repository: Path
) -> None:
    """A broken manifest, or one without the environment, exits 2."""
    only = manifests.manifest({"send-receipt": manifests.job()}, environments=["dev"])
    (repository / "jobs.yaml").write_text(wrong or only, "utf-8")

    result = CliRunner().invoke(verb.main, ["prod"])

    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize(("state", "status"), [("fine", 0), ("unknown", 0), ("wrong", 1)])
def test_the_exit_says_whether_somebody_must_act(
    state: Any,  # noqa: ANN401 - one of the states
    status: int,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Like every check here: 0 fine, 1 wrong."""
    assert repository.is_dir()
    monkeypatch.setattr(Release, "check_account", lambda _self: None)
    monkeypatch.setattr(verb, "examine", lambda *_: [Finding("mail", state, "seen", "do")])

    result = CliRunner().invoke(verb.main, ["prod"])

    assert result.exit_code == status
    assert "seen" in result.output

"""What workflows do: one comment, one issue, against a server that keeps what GitHub would keep."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import click
import pytest
from click.testing import CliRunner

from envs.pipeline.commands import main
from envs.pipeline.github import GitHub, GitHubError
from envs.pipeline.keeping import keep_comment, keep_issue
from generator.review.card import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

Kept = dict[str, list[dict[str, Any]]]


@pytest.fixture
def kept() -> Kept:
    """Return what the server keeps: by the path of the list."""
    return {"issues": [], "issues/7/comments": []}


@pytest.fixture
def github(kept: Kept) -> Iterator[GitHub]:
    """Return a repository on a server of our own, whose pages hold a hundred entries."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self, method: str) -> None:
            address = urlsplit(self.path)
            path = address.path.removeprefix("/repos/clarivum/jobs/")
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else {}
            if self.headers["Authorization"] != "Bearer t0ken":
                self.send_error(401)
                return
            reply: Any
            if method == "GET":
                query = parse_qs(address.query)
                page = int(query["page"][0]) - 1
                found = [e for e in kept[path] if e.get("state", "open") == "open"]
                reply = found[page * 100 : page * 100 + 100]
            elif method == "POST":
                reply = {**body, "id": len(kept[path]) + 1, "number": len(kept[path]) + 1}
                kept[path].append(reply)
            else:
                name, _, number = path.rpartition("/")
                where = "issues/7/comments" if name == "issues/comments" else "issues"
                reply = kept[where][int(number) - 1]
                reply.update(body)
            text = json.dumps(reply).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text)

        def do_GET(self) -> None:
            self.answer("GET")

        def do_POST(self) -> None:
            self.answer("POST")

        def do_PATCH(self) -> None:
            self.answer("PATCH")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield GitHub(f"http://127.0.0.1:{server.server_port}", "clarivum/jobs", "t0ken")
    server.shutdown()
    server.server_close()


def test_a_pull_request_has_one_card_however_often_it_is_pushed(github: GitHub, kept: Kept) -> None:
    """Found among all comments, on whichever page; those of people are left alone."""
    comments = kept["issues/7/comments"]
    comments += [{"id": n + 1, "body": f"I think {MARK}"} for n in range(130)]

    done = [keep_comment(github, 7, MARK, f"{MARK}\n{text}") for text in ("a", "b", "b")]

    assert done == ["made", "updated", "updated"]
    assert [c["body"] for c in comments[130:]] == [f"{MARK}\nb"]
    assert all(c["body"].startswith("I think") for c in comments[:130])


def test_an_environment_has_one_issue_that_is_closed_when_all_is_well(
    github: GitHub, kept: Kept
) -> None:
    """Opened once, updated, closed; the next drift opens another one."""
    said = ("", "one", "two", "", "", "three")
    done = [keep_issue(github, "prod has drifted", "drift", text) for text in said]

    assert done == ["nothing to open", "opened", "updated", "closed", "nothing to open", "opened"]
    assert [(i["body"], i.get("state", "open")) for i in kept["issues"]] == [
        ("two", "closed"),
        ("three", "open"),
    ]
    assert keep_issue(github, "dev has drifted", "drift", "x") == "opened"


def test_what_is_too_long_for_github_is_cut(github: GitHub, kept: Kept) -> None:
    """It takes 65,536 characters, and refuses all of a longer text."""
    keep_issue(github, "t", "drift", "x" * 70_000)

    assert len(kept["issues"][0]["body"]) < 65_536


def test_the_card_s_command_says_how_it_ended(
    github: GitHub, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card of our own tree against its last commit, kept as the comment."""
    monkeypatch.setenv("GITHUB_API_URL", github.api)
    monkeypatch.setenv("GITHUB_REPOSITORY", github.repository)
    monkeypatch.setenv("GITHUB_TOKEN", github.token)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    done = CliRunner().invoke(main, ["comment", "--against", "HEAD", "--number", "7"])
    broken = CliRunner().invoke(main, ["comment", "--against", "nowhere", "--number", "7"])

    assert done.output == "comment made\n"
    assert (done.exit_code, broken.exit_code) == (0, 2)
    (comment,) = kept["issues/7/comments"]
    assert "Nobody could look" in comment["body"]
    assert "nowhere is neither a file nor a commit" in comment["body"]


@pytest.mark.parametrize(
    ("drifted", "lived", "status", "told"),
    [
        (0, 0, 0, ()),
        (1, 0, 0, ("### Terraform would change", "drift said")),
        (0, 1, 0, ("### AWS says otherwise", "live said")),
        (2, 1, 2, ("### `drift` has no verdict", "````text\nno ``` plan", "live said")),
        (ValueError("odd"), 0, 2, ("### `drift` has no verdict", "ValueError('odd')")),
        (0, KeyError("odd"), 2, ("### `live` has no verdict", "KeyError('odd')")),
    ],
)
def test_a_layer_that_could_not_look_is_never_all_well(  # noqa: PLR0913, PLR0917 - its cases
    github: GitHub,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
    drifted: int | Exception,
    lived: int | Exception,
    status: int,
    told: tuple[str, ...],
) -> None:
    """It failed or it broke down: the issue says so, and the run is red."""
    for name, value in (
        ("GITHUB_API_URL", github.api),
        ("GITHUB_REPOSITORY", github.repository),
        ("GITHUB_TOKEN", github.token),
    ):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def verb(name: str, outcome: int | Exception) -> click.Command:
        def run(**_: str) -> None:
            if isinstance(outcome, Exception):
                raise outcome
            click.echo("no ``` plan" if outcome == 2 else f"{name} said", err=outcome == 2)
            sys.exit(outcome)

        options: list[click.Parameter] = [
            click.Option([f"--{option}"]) for option in ("env", "format")
        ]
        return click.Command(name, params=options, callback=run)

    verbs = {"drift": verb("drift", drifted), "live": verb("live", lived)}
    monkeypatch.setattr("envs.cli.main.main", click.Group(commands=verbs))
    done = CliRunner().invoke(main, ["issue", "--env", "dev"])

    assert done.exit_code == status, done.output
    bodies = "".join(issue["body"] for issue in kept["issues"])
    assert bool(bodies) == bool(told)
    for words in told:
        assert words in bodies


def test_a_refusal_and_a_missing_token_are_told(github: GitHub) -> None:
    """In a line, never as a traceback."""
    with pytest.raises(GitHubError, match="401"):
        GitHub(github.api, github.repository, "other").ask("GET", "issues?page=1")
    with pytest.raises(GitHubError, match="GITHUB_TOKEN must be set"):
        GitHub.of({"GITHUB_REPOSITORY": "a/b"})

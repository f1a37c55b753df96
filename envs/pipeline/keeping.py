"""One comment a pull request, one issue an environment: found again, made once, then updated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envs.pipeline.github import GitHub

_LONGEST = 65_000
"""GitHub takes 65,536 characters."""


def keep_comment(github: GitHub, number: int, mark: str, text: str) -> str:
    """Make a pull request's comment, or update it; return what was done.

    Args:
        github: The repository.
        number: The pull request.
        mark: What the comment begins with, by which it is found again.
        text: All of it, the mark included.
    """
    body = {"body": _cut(text)}
    for comment in github.all(f"issues/{number}/comments"):
        if (comment["body"] or "").startswith(mark):
            if comment["body"] != body["body"]:
                github.ask("PATCH", f"issues/comments/{comment['id']}", body)
            return "updated"
    github.ask("POST", f"issues/{number}/comments", body)
    return "made"


def keep_issue(github: GitHub, title: str, label: str, text: str) -> str:
    """Open an issue, update it, or close it where there is nothing to say; return what was done.

    Args:
        github: The repository.
        title: Its title, by which it is found again among those of the label.
        label: Its label.
        text: What it says; empty if all is well.
    """
    issues = github.all(f"issues?state=open&labels={label}")
    found = next((each for each in issues if each["title"] == title), None)
    if found is None:
        if not text:
            return "nothing to open"
        github.ask("POST", "issues", {"title": title, "labels": [label], "body": _cut(text)})
        return "opened"
    path = f"issues/{found['number']}"
    if not text:
        github.ask("PATCH", path, {"state": "closed", "state_reason": "completed"})
        return "closed"
    if found["body"] != _cut(text):
        github.ask("PATCH", path, {"body": _cut(text)})
    return "updated"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\n\n... and more\n"

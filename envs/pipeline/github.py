"""One repository on GitHub: its REST API, as far as comments and issues go."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PAGE = 100
_PATIENCE = 30.0  # seconds


class GitHubError(Exception):
    """GitHub refused or did not answer, or the environment does not say how to reach it."""


@dataclass(frozen=True, slots=True)
class GitHub:
    """A repository, and who asks.

    Attributes:
        api: Beginning of the API's addresses.
        repository: `owner/name`.
        token: What proves who asks.
    """

    api: str
    repository: str
    token: str

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> GitHub:
        """Return what a runner's environment names.

        Raises:
            GitHubError: It names none.
        """
        missing = [n for n in ("GITHUB_REPOSITORY", "GITHUB_TOKEN") if not environ.get(n)]
        if missing:
            message = f"{' and '.join(missing)} must be set, as in a workflow"
            raise GitHubError(message)
        api = environ.get("GITHUB_API_URL") or "https://api.github.com"
        return cls(api, environ["GITHUB_REPOSITORY"], environ["GITHUB_TOKEN"])

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """Yield every entry of a list, page by page."""
        joint = "&" if "?" in path else "?"
        for page in range(1, _PAGE):
            found = self.ask("GET", f"{path}{joint}per_page={_PAGE}&page={page}")
            yield from found
            if len(found) < _PAGE:
                return

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - any JSON
        """Return what GitHub answers.

        Raises:
            GitHubError: It refuses, or does not answer.
        """
        request = urllib.request.Request(  # noqa: S310 - the runner's own address
            f"{self.api}/repos/{self.repository}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
                return json.load(answer)
        except (OSError, ValueError) as error:
            message = f"GitHub answers {method} {path} with {error}"
            raise GitHubError(message) from error

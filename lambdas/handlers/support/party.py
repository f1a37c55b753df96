"""A third party that is asked in JSON over HTTP, and what its answers mean for another attempt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import urllib3.exceptions
from pydantic import BaseModel, ConfigDict, ValidationError

from clarivum_jobs import PermanentError, RetryAfter
from handlers.support import web

_OK = range(200, 300)
_REFUSED_KEYS = frozenset({401, 403})
_BUSY = frozenset({429, 503})
_WORTH_RETRYING = frozenset({408, 425, 429})
_SERVER_ERROR = 500


class PartyError(Exception):
    """The party did not answer, or not as it should; later it may."""


class KeyRefusedError(PartyError):
    """The party refuses our key. It may have been rotated: the new one is read within minutes."""


class Answer(BaseModel):
    """Something that a party says; what it says beyond our fields is not ours."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def of(cls, party: str, document: Any) -> Self:  # noqa: ANN401 - what a party answered
        """Read an answer.

        Raises:
            PartyError: It is not of this shape.
        """
        try:
            return cls.model_validate(document)
        except ValidationError:
            message = f"{party} did not answer as it should"
            raise PartyError(message) from None


@dataclass(frozen=True, slots=True)
class Party:
    """Someone else's service.

    Attributes:
        name: Its name in errors, such as `crm`.
        url: Beginning of its addresses, without a slash at its end.
        headers: What every request carries, such as a key.
    """

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - JSON of any shape, judged by the caller
        """Return the JSON that the party answers with; none if it answers with nothing.

        No error tells what was sent, nor what the party said: both may hold personal data.

        Raises:
            PartyError: No answer, a server's error, or no JSON.
            KeyRefusedError: Our key is refused.
            RetryAfter: It wants to be left alone for a while.
            PermanentError: It will never take this request; redirects count, for they are not
                followed: a key must not travel to another place.
        """
        try:
            response = web.pool().request(
                method,
                f"{self.url}{path}",
                body=None if body is None else json.dumps(body).encode(),
                headers={
                    "Accept": "application/json",
                    "Content-Type": "application/json",
                    **web.HEADERS,
                    **self.headers,
                    **(headers or {}),
                },
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            message = f"{self.name} cannot be reached: {type(error).__name__}"
            raise PartyError(message) from None
        self._judge(response.status, web.retry_after(response.headers))
        try:
            return json.loads(response.data) if response.data else None
        except ValueError:
            message = f"{self.name} did not answer with JSON"
            raise PartyError(message) from None

    def _judge(self, status: int, wait: float | None) -> None:
        if status in _OK:
            return
        message = f"{self.name} answered {status}"
        if status in _REFUSED_KEYS:
            raise KeyRefusedError(message)
        if status in _BUSY and wait is not None:
            raise RetryAfter(wait, message, code=f"{self.name}_busy")
        if status in _WORTH_RETRYING or status >= _SERVER_ERROR:
            raise PartyError(message)
        raise PermanentError(message, code=f"{self.name}_{status}")

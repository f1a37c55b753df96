"""The console's server: guarded routes on loopback, each of which asks one function of the desk."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from envs.console.guards import HEADERS, Guard
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from envs.console.api import Api

PAGE = Path(__file__).with_name("page")
_FILES = {
    "/": "index.html",
    **{f"/{name}": name for name in ("console.js", "words.js", "console.css")},
}
_LARGEST = 64 * 1024
_log = logging.getLogger("console")


class Guarded:
    """Lets in what the guard lets in, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        """Stand before an application."""
        self._app, self._guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [(n.lower().encode(), v.encode()) for n, v in HEADERS.items()]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        refused = self._guard.refusal(scope["method"], scope["path"], headers)
        if refused is None:
            await self._app(scope, receive, answer)
            return
        status, why = refused
        await JSONResponse({"error": why}, status)(scope, receive, answer)


def application(api: Api, guard: Guard) -> ASGIApp:
    """Return the console of one environment."""
    reading = (
        ("about", api.about),
        ("jobs", api.jobs),
        ("runs", api.runs),
        ("run", api.run),
        ("letters", api.letters),
        ("fires", api.fires),
        ("log", api.log),
    )
    acting = (("plan", api.plan), ("apply", api.apply))
    routes = [Route(path, _file(name)) for path, name in _FILES.items()]
    routes += [Route(f"/api/{name}", _read(answer), methods=["GET"]) for name, answer in reading]
    routes += [Route(f"/api/{name}", _act(answer), methods=["POST"]) for name, answer in acting]
    return Guarded(Starlette(routes=routes), guard)


def _file(name: str) -> Callable[[Request], Any]:
    async def answer(_request: Request) -> Response:
        return FileResponse(PAGE / name)

    return answer


def _read(ask: Callable[[Mapping[str, str]], object]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_told, ask, dict(request.query_params))

    return answer


def _act(ask: Callable[[Mapping[str, str]], object]) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        body = await request.body()
        try:
            asked = json.loads(body[:_LARGEST])
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not all(isinstance(v, str) for v in asked.values()):
            return JSONResponse({"error": "a JSON object of texts is wanted"}, 400)
        return await run_in_threadpool(_told, ask, asked)

    return answer


def _told(ask: Callable[[Mapping[str, str]], object], asked: Mapping[str, str]) -> Response:
    """Ask, and tell mistakes in words as the command line does."""
    try:
        return JSONResponse(ask(asked))
    except DeskError as error:
        return JSONResponse({"error": error.args[0], "hint": error.hint}, 409)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return JSONResponse({"error": f"{error.operation_name} answers {code}"}, 502)
    except BotoCoreError as error:
        return JSONResponse({"error": str(error)}, 502)

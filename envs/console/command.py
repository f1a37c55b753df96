"""`clarivum console`: the desk in a browser."""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING

import click
import uvicorn

from envs.console.api import Api
from envs.console.guards import Guard
from envs.console.server import application
from envs.desk.commands.common import print_json, verb
from envs.desk.errors import DeskError

if TYPE_CHECKING:
    from envs.desk.place import Place

_LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--act", is_flag=True, help="Let the page plan and apply; otherwise it only shows.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    help="Where it listens; a free port unless given.",
)
@verb
def console(place: Place, port: int, *, act: bool, as_json: bool) -> None:
    r"""Show the desk as a page, on this machine alone, until Ctrl-C.

    The address holds the token of this start behind its #, which no server ever sees.

    \b
    Examples:
      clarivum console
      clarivum console --act --port 8765

    Exit status: 0 ended by Ctrl-C.
    """
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_LOOPBACK, port))
        except OSError as error:
            message = (
                f"cannot listen on port {port}: {(error.strerror or 'unknown reason').lower()}"
            )
            raise DeskError(message, rule="port", hint="another --port, or none") from error
        guard = Guard(int(listening.getsockname()[1]), secrets.token_urlsafe(32), act)
        address = f"http://{_LOOPBACK}:{guard.port}/#{guard.token}"
        if as_json:
            print_json({"address": address, "act": act})
        else:
            click.echo(f"{place.base}: {address}")
            click.echo("it only shows; --act lets it plan and apply" if not act else "it may act")
        config = uvicorn.Config(
            application(Api(place, act), guard),
            log_level="warning",
            access_log=False,
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listening])

"""Start, find and stop the emulator of one working tree."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from envs.local.engine import processes
from envs.local.engine.install import ensure_installed

REGION = "eu-west-1"
_NAME = "emulator"
_START_LIMIT = 300.0  # seconds until the emulator must answer
_PATCHED = Path(__file__).with_name("patched.py")
_LOOPBACK = "127.0.0.1"
_STRICT = {"AUTH": "true", "USE_SSL": "1"}
_KEPT = {"PERSIST_STATE": "1", "S3_PERSIST": "1"}
_SAVING = 60.0  # seconds in which an emulator that keeps its state has written it down
_APPLICATION = "ministack.app:app"
# Its own command ends a connection that was idle for 75 s, and the provider is idle for three times
# 25 s while it makes queues: a request that is sent in that moment is carried out and not answered,
# and Terraform then finds that what it makes exists. Here the client is the one to hang up.
_SERVER = (
    *("--config", "python:ministack.core.hypercorn_conf", "--workers", "0"),
    *("--keep-alive", "3600", "--log-level", "INFO"),
)


class EmulatorError(Exception):
    """The emulator did not start."""


@dataclass(frozen=True)
class Places:
    """Where an emulator keeps its things.

    Attributes:
        run: Descriptions and logs of the background processes.
        data: What the emulator stores; wiped at every start that does not keep it.
        venv: The emulator's virtual environment.
    """

    run: Path
    data: Path
    venv: Path

    @classmethod
    def of(cls, root: Path) -> Places:
        """Return the places of the working tree at `root`."""
        return cls(root / ".local/run", root / ".local/aws", root / ".venv-emulator")


def start(places: Places, *, strict: bool = False, keep: bool = False, port: int = 0) -> str:
    """Start an emulator and return its address.

    One that already runs in these places is ended first. A start begins from nothing, unless it
    shall go on with what the one before it kept.

    Args:
        places: Where it keeps its things.
        strict: Enforce policies, and speak TLS only, as AWS does; clients need `certificate`.
        keep: Go on with what is kept here, and keep it for the next start. It is written when the
            emulator is stopped: one that was killed has kept nothing new.
        port: Where it listens; a free port unless one is named.

    Raises:
        EmulatorError: It ended at once, or did not answer in time.
        InstallError: Its packages could not be installed.
    """
    stop(places, keep=keep)
    python = ensure_installed(places.venv)
    temporary = places.data / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    endpoint = f"http{'s' if strict else ''}://{_LOOPBACK}:{port}"
    process = processes.start(
        places.run,
        _NAME,
        [str(python), str(_PATCHED), *_SERVER, "--bind", f"{_LOOPBACK}:{port}", _APPLICATION],
        environment=_environment(places.data, temporary, port)
        | (_STRICT if strict else {})
        | (_KEPT if keep else {}),
        cwd=places.data,
        facts={"endpoint": endpoint},
    )
    try:
        _wait_until_healthy(process, endpoint, certificate(places) if strict else None)
    except BaseException:
        stop(places, keep=keep)
        raise
    return endpoint


def endpoint(places: Places) -> str:
    """Return the address of the running emulator, or "" if none runs."""
    process = processes.find(places.run, _NAME)
    return process.facts.get("endpoint", "") if process else ""


def log(places: Places) -> Path:
    """Return where an emulator of these places writes what it does."""
    return places.run / f"{_NAME}.log"


def certificate(places: Places) -> Path:
    """Return where a strict emulator keeps the certificate that its clients trust."""
    return places.data / "tmp" / "ministack-tls" / "server.crt"


def stop(places: Places, *, keep: bool = False) -> bool:
    """End the emulator, and remove its data unless they are kept; return whether one ran."""
    if keep:
        return processes.stop(places.run, _NAME, grace=_SAVING)
    stopped = processes.stop(places.run, _NAME)
    shutil.rmtree(places.data, ignore_errors=True)
    return stopped


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of the loopback interface."""
    with socket.socket() as probe:
        # As a server binds it: what is left of old connections does not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _environment(data: Path, temporary: Path, port: int) -> dict[str, str]:
    """Return the whole environment: functions inherit it, so nothing of the caller's is in it."""
    return {
        "PATH": os.defpath,
        "HOME": str(data),
        "TMPDIR": str(temporary),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": _LOOPBACK,
        "MINISTACK_REGION": REGION,
        "S3_DATA_DIR": str(data / "s3"),
        "STATE_DIR": str(data / "state"),
        # Listeners on fixed ports, which nothing here uses and a second emulator would miss.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _wait_until_healthy(process: processes.Background, endpoint: str, trusted: Path | None) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline:
        if not process.running():
            tail = Path(process.log).read_text(encoding="utf-8", errors="replace")[-2000:]
            message = f"the emulator ended while starting:\n{tail}"
            raise EmulatorError(message)
        try:
            context = ssl.create_default_context(cafile=trusted) if trusted else None
            with urllib.request.urlopen(  # noqa: S310 - our own loopback address
                f"{endpoint}/_ministack/health", timeout=2, context=context
            ):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    message = f"the emulator did not answer within {_START_LIMIT:.0f} s; its log: {process.log}"
    raise EmulatorError(message)

"""States of a job's contract for tests, and how they are published."""

from pathlib import Path
from typing import Any

from tests.generator.compat.repository import Repository
from tests.generator.manifests import job, manifest

CONTRACTS = Path("lambdas/generated/contracts/send-receipt")
UPCASTERS = Path("lambdas/handlers/upcasters/send_receipt.py")
RIGHT = '{**payload, "channel": "shop" if payload["channel"] == "phone" else payload["channel"]}'
"""What `from_1` returns where the channel `phone` is gone."""


def noted(note: object = None, *, contract: int = 1) -> str:
    """Return a manifest whose job takes an id, and a note unless it is None."""
    properties: dict[str, Any] = {"id": {"type": "string"}}
    if note is not None:
        properties["note"] = {"type": note}
    return _manifest({"type": "object", "required": ["id"], "properties": properties}, contract)


def channels(*names: object, contract: int = 1) -> str:
    """Return a manifest whose job takes these channels."""
    properties: dict[str, Any] = {"id": {"type": "string"}, "channel": {"enum": list(names)}}
    payload = {"type": "object", "required": ["id", "channel"], "properties": properties}
    return _manifest(payload, contract)


def _manifest(payload: object, contract: int) -> str:
    settings = {"payload": payload, "idempotency": {"key": ["id"]}, "contract": contract}
    return manifest({"send-receipt": job(**settings)})


def upcasters(repository: Repository, *returned: str) -> None:
    """Write `from_1`, `from_2` and so on, each returning an expression of its payload."""
    file = repository.root / UPCASTERS
    file.parent.mkdir(parents=True, exist_ok=True)
    functions = [f"def from_{n}(payload):\n    return {r}\n" for n, r in enumerate(returned, 1)]
    file.write_text("\n\n".join(functions), encoding="utf-8")


def publish(repository: Repository, text: str) -> None:
    """Generate and commit a manifest."""
    repository.write(text)
    done = repository.run("generate")
    assert done.exit_code == 0, done.output
    repository.commit("published")


def branches(repository: Repository, theirs: str, mine: str) -> None:
    """Publish one state on `main` and another beside it; stand on the second."""
    publish(repository, channels("web", "shop", "phone"))
    repository.git("branch", "mine")
    upcasters(repository, RIGHT)
    publish(repository, theirs)
    repository.git("checkout", "-q", "mine")
    upcasters(repository, RIGHT)
    publish(repository, mine)

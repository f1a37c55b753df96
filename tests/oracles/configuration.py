"""A root's configuration as Terraform itself understood it, from a plan against no AWS at all.

A plan of an empty state asks whose credentials it has and what is paused; a stand-in answers that.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from envs.deploy.terraform import Terraform
from tests.oracles.rendered import ACCOUNT, REPOSITORY, artifacts, jobs_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IDENTITY = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<GetCallerIdentityResult><Arn>arn:aws:iam::{ACCOUNT}:root</Arn><UserId>{ACCOUNT}</UserId>
<Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""

_PROVIDER = """
provider "aws" {
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true

  endpoints {
    ssm = "%s"
    sts = "%s"
  }
}
"""


class _Identity(BaseHTTPRequestHandler):
    """Answers whose credentials these are, and that no job is paused by hand."""

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pauses = self.headers.get("X-Amz-Target", "").startswith("AmazonSSM.")
        body = b'{"Parameters": []}' if pauses else _IDENTITY.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.1" if pauses else "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Write nothing."""


@contextmanager
def _sts() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Identity) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def planned(directory: Path, environment: str) -> dict[str, Any]:
    """Return the plan of a root of the repository for an empty account, as Terraform shows it.

    Args:
        directory: Where to work; empty.
        environment: Name of the root.

    Raises:
        TerraformError: There is no plan.
    """
    root = directory / "envs" / environment
    unwanted = shutil.ignore_patterns(".terraform*", "backend.tf")
    shutil.copytree(REPOSITORY / "modules", directory / "modules", ignore=unwanted)
    shutil.copytree(REPOSITORY / "envs" / environment, root, ignore=unwanted)
    variables = {
        "account_id": ACCOUNT,
        "artifacts": artifacts(jobs_of(root / "jobs.gen.tf")),
        "on_call_emails": '["on-call@a.example"]',
    }
    with _sts() as address:
        (root / "none_override.tf").write_text(_PROVIDER % (address, address), encoding="utf-8")
        terraform = Terraform(root, variables=variables)
        terraform.init(use_backend=False)
        kept = root / "kept.tfplan"
        terraform.plan(kept)
        return terraform.show(kept)

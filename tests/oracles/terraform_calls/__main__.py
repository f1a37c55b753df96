"""`python -m tests.oracles.terraform_calls`: record anew what Terraform asks of AWS.

An environment with everything that one can have is planned, made, planned again, changed and
destroyed on the emulator; it takes some minutes.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from tests.e2e import protected
from tests.oracles.terraform_calls.recording import FILE, recorded

if TYPE_CHECKING:
    from collections.abc import Callable

_RUN = {"name": "nightly", "cron": "0 4 * * ? *", "timezone": "UTC", "payload": {"order_id": "x"}}
_ON_CALL = "on_call              = { required = false, level = local.alarm_level }"
_MORE = """
module "dashboards" {
  source   = "../../modules/dashboards"
  platform = module.platform.context
  jobs     = local.jobs
}

module "site" {
  source        = "../../modules/bucket"
  name          = "shop-prod-site-000000000000"
  force_destroy = true
}

module "producer" {
  source    = "../../modules/producer"
  name      = "shop-prod-producer-site"
  platform  = module.platform.context
  variables = module.platform.producer.environment
  jobs      = ["send-receipt"]
  trust     = { vercel = [{ team = "clarivum", project = "site" }] }
}

resource "aws_sesv2_email_identity" "mail" {
  email_identity = "a.example"
}
"""


def main() -> None:
    """Record, and keep it."""
    told = 'on_call = { emails = ["on-call@a.example"], level = local.alarm_level }\n  budget = 20'
    assert _ON_CALL in protected.MAIN
    everything = protected.MAIN.replace(_ON_CALL, told) + _MORE
    first = {"schedule": [_RUN], "secrets": ["api-key"]}
    then = {
        **first,
        "schedule": [{**_RUN, "cron": "0 5 * * ? *"}],
        "memory_size": 512,
        "log_retention": "7d",
        "message_retention": "5d",
        "owner": "web",
        "alarms": {"errors": 2},
    }
    with (
        tempfile.TemporaryDirectory() as place,
        protected.environment(Path(place), everything) as made,
    ):
        logs = Path(place)

        def noted(name: str, do: Callable[[], object]) -> None:
            path = str(logs / f"{name}.log")
            with mock.patch.dict(os.environ, {"TF_LOG_PROVIDER": "DEBUG", "TF_LOG_PATH": path}):
                do()

        made.declare({"send-receipt": protected.a_job(**first)}, protected=False)
        made.terraform.init()
        noted("plan-first", made.terraform.plan)
        noted("apply-first", made.terraform.apply)
        noted("plan-then", made.terraform.plan)
        made.declare({"send-receipt": protected.a_job(**then)}, protected=False)
        noted("apply-then", made.terraform.apply)
        noted("apply-last", made.terraform.destroy)
        kept = {role: recorded(sorted(logs.glob(f"{role}-*.log"))) for role in ("plan", "apply")}
    FILE.write_text(f"{json.dumps(kept, indent=1)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

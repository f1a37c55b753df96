"""Calls of the modules that make roles for people and machines, as an environment makes them."""

from __future__ import annotations

from typing import Any

from tests.oracles.rendered import ACCOUNT, REGION

BASE = "clarivum-prod"
PLACE = {"account_id": ACCOUNT, "region": REGION}
NAMES = {"project": "clarivum", "environment": "prod", "location": PLACE}
WORKFLOW = {"github": [{"repository": "clarivum/jobs", "environments": ["prod"]}]}
PERSON = {"principals": [f"arn:aws:iam::{ACCOUNT}:role/on-call"]}
GRANTED = [
    {
        "actions": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        "resources": [f"arn:aws:s3:::{BASE}-{part}-{ACCOUNT}/*" for part in ("data", "site")],
    },
    {
        "actions": ["s3:ListBucket"],
        "resources": [f"arn:aws:s3:::{BASE}-{part}-{ACCOUNT}" for part in ("data", "site")],
    },
    {
        "actions": ["ses:SendEmail"],
        "resources": [f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/clarivum.example"],
    },
    {"actions": ["ses:GetSuppressedDestination"], "resources": ["*"]},
]


PRODUCER: dict[str, Any] = {
    "name": f"{BASE}-producer-site",
    "platform": {
        "project": "clarivum",
        "environment": "prod",
        "partition": "aws",
        **PLACE,
        "delayed": {
            "schedules_arn": f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{BASE}-delayed",
            "role_arn": f"arn:aws:iam::{ACCOUNT}:role/{BASE}-delayed",
        },
    },
    "variables": {},
    "jobs": ["lead-enrichment", "pdf-export"],
    "trust": {"vercel": [{"team": "clarivum", "project": "site"}], **WORKFLOW, **PERSON},
}

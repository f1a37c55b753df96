"""A manifest of as many jobs as one likes, each of eight fields in four environments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = """\
version: 1
project: shop
environments: [local, dev, staging, prod]
jobs:
"""
_JOB = """\
  {name}:
    description: Do this work for one order.
    owner: growth
    timeout: {timeout}
    concurrency: 2
    alarms: {{errors: 2, throttles: 10}}
    variables: {{SITE_BUCKET: "{{{{project}}}}-site", LEVEL: info}}
    payload:
      type: object
      required: [id, customer_id, amount]
      properties:
        id: {{type: string, format: uuid, description: Names the order.}}
        customer_id: {{type: string, minLength: 1, maxLength: 64}}
        email: {{type: string, format: email, x-sensitive: true}}
        source: {{enum: [web, referral, import], default: web}}
        amount: {{type: integer, minimum: 0, maximum: 1000000}}
        note: {{type: [string, "null"], maxLength: 200}}
        tags: {{type: array, items: {{type: string}}, maxItems: 20}}
        address: {{type: object, required: [city], properties: {{city: {{type: string}}}}}}
    idempotency: {{key: [id]}}
    schedule:
      - {{name: nightly, cron: "{minute} 4 * * ? *", timezone: Europe/Berlin, enabled: false,
         payload: {{id: 2f1acc6c-9c2b-4a3e-8d5f-0a1b2c3d4e5f, customer_id: c, amount: 1}}}}
"""


def shop(names: Iterable[str], timeout: str = "30s") -> str:
    """Return the text of a manifest of some jobs."""
    return _HEAD + "".join(
        _JOB.format(name=name, minute=number % 60, timeout=timeout)
        for number, name in enumerate(names)
    )

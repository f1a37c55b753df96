"""A manifest of as many jobs as one likes, whose names are all of one length."""

from __future__ import annotations

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
    timeout: 30s
    concurrency: 2
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
      - {{name: nightly, cron: "20 4 * * ? *", timezone: Europe/Berlin, enabled: false,
         payload: {{id: 2f1acc6c-9c2b-4a3e-8d5f-0a1b2c3d4e5f, customer_id: c, amount: 1}}}}
"""


def names(jobs: int) -> list[str]:
    """Return the names of so many jobs, in letters, so that each is one word in any code."""
    return [f"job-{_letters(number)}" for number in range(jobs)]


def manifest(jobs: int) -> str:
    """Return the text of a manifest of so many jobs of eight fields in four environments."""
    return _HEAD + "".join(_JOB.format(name=name) for name in names(jobs))


def _letters(number: int) -> str:
    word = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        word = chr(ord("a") + letter) + word
    return word

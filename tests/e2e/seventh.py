"""One job more, added as a person would: a block in `jobs.yaml`, then its handler.

Its name is none that a tutorial uses: who followed one runs these tests too.
"""

from __future__ import annotations

NAME = "rehearsal-coupon"

MANIFEST = """
  rehearsal-coupon:
    description: Issue the coupon a customer has earned.
    owner: growth
    timeout: 5m
    payload:
      type: object
      required: [reward_id, customer_id]
      properties:
        reward_id: {type: string, format: uuid}
        customer_id: {type: string, minLength: 1}
    idempotency: {key: [reward_id]}
"""

HANDLER = '''"""Handler of rehearsal-coupon."""

import os
import urllib.request

from clarivum_jobs import JobContext
from generated.payloads.rehearsal_coupon import RehearsalCoupon


def handle(payload: RehearsalCoupon, context: JobContext) -> None:
    """Tell the shop to issue the coupon."""
    shop = os.environ["SITE_URL"]
    address = f"{shop}/coupons/{payload.reward_id}?key={context.idempotency_key}"
    urllib.request.urlopen(address, timeout=240).close()
'''

# Run as a producer's process would be: with the library on its path and its settings around it.
PRODUCER = """
import sys, uuid
from clarivum_jobs import enqueue
from generated.payloads.rehearsal_coupon import RehearsalCoupon

payload = RehearsalCoupon(reward_id=uuid.UUID(sys.argv[1]), customer_id="c-1")
print(enqueue(payload).idempotency_key)
enqueue(payload)
"""

# The same work an hour from now: made or taken back.
DELAYED = """
import sys, uuid
from clarivum_jobs import cancel, enqueue
from generated.payloads.rehearsal_coupon import RehearsalCoupon

payload = RehearsalCoupon(reward_id=uuid.UUID(sys.argv[2]), customer_id="c-1")
print(cancel(payload) if sys.argv[1] == "cancel" else enqueue(payload, delay=3600).schedule)
"""

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 3bbcc28c497e71bc46082421193fc8501580d46b5a0e717a22a8bbe3fd664134
"""Lambda entry point of place-order."""

from clarivum_jobs.worker import Worker
from generated.payloads.place_order import PlaceOrder
from handlers.place_order import handle

lambda_handler = Worker(PlaceOrder, handle)

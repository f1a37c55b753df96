# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: e8a2ea63b03ed50f79429d3e4e314a24d52520d893024e644c04583f8ce0ab2e
"""Lambda entry point of payload."""

from clarivum_jobs.worker import Worker
from generated.payloads.payload import PayloadJob
from handlers.payload import handle

lambda_handler = Worker(PayloadJob, handle)

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: a901f35d8b36b4c0501b9291a5cf0f5ffe7db9b8a920452b6d5ab898189da81d
"""Lambda entry point of nightly-report."""

from clarivum_jobs.worker import Worker
from generated.payloads.nightly_report import NightlyReport
from handlers.nightly_report import handle

lambda_handler = Worker(NightlyReport, handle)

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 49f6002a6f129d8ca320ac4a7f3970c02ba4b0950591bf4b43b008ea4cb628c1
"""Lambda entry point of probe-host."""

from clarivum_jobs.worker import Worker
from generated.payloads.probe_host import ProbeHost
from handlers.probe_host import handle

lambda_handler = Worker(ProbeHost, handle)

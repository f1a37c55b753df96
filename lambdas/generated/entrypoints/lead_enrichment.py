# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 19ca3d6c0338c8d7437f17776b7aea5f4213445b039d460b5695c87b133602ec
"""Lambda entry point of lead-enrichment."""

from clarivum_jobs.worker import Worker
from generated.payloads.lead_enrichment import LeadEnrichment
from handlers.lead_enrichment import handle

lambda_handler = Worker(LeadEnrichment, handle)

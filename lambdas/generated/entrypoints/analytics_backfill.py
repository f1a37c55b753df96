# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 12a87845995400b874c7d81d3b228d3d1984020700c2f7dfa11e746004d3106f
"""Lambda entry point of analytics-backfill."""

from clarivum_jobs.worker import Worker
from generated.payloads.analytics_backfill import AnalyticsBackfill
from handlers.analytics_backfill import handle

lambda_handler = Worker(AnalyticsBackfill, handle)

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 1fb0a13a9911a27bb988f85412868146f18ae69532bf9e7b4a18004d789100db
"""Lambda entry point of email-fulfillment."""

from clarivum_jobs.worker import Worker
from generated.payloads.email_fulfillment import EmailFulfillment
from handlers.email_fulfillment import handle

lambda_handler = Worker(EmailFulfillment, handle)

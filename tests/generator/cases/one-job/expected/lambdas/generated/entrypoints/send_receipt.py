# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 6e9706356ff1ad4fafc07346025156256710dc9c06ac2ce673657afc0dd84aed
"""Lambda entry point of send-receipt."""

from clarivum_jobs.worker import Worker
from generated.payloads.send_receipt import SendReceipt
from handlers.send_receipt import handle

lambda_handler = Worker(SendReceipt, handle)

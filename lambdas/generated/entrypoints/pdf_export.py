# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: a32006b043300eb23a0f3124452973c583f76f85b231ddc519570756a2f092eb
"""Lambda entry point of pdf-export."""

from clarivum_jobs.worker import Worker
from generated.payloads.pdf_export import PdfExport
from handlers.pdf_export import handle

lambda_handler = Worker(PdfExport, handle)

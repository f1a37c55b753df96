# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: b020f352fed6cbac8ec86041311795912233b8fcce667bd6d0a4d27842d10c99
"""Lambda entry point of import."""

from clarivum_jobs.worker import Worker
from generated.payloads.import_ import Import
from handlers.import_ import handle

lambda_handler = Worker(Import, handle)

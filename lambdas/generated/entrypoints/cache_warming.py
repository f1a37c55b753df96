# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 246d1ef373ba97ee4641a4f954725910a982a270edbdad306588c6e4c4ce6760
"""Lambda entry point of cache-warming."""

from clarivum_jobs.worker import Worker
from generated.payloads.cache_warming import CacheWarming
from handlers.cache_warming import handle

lambda_handler = Worker(CacheWarming, handle)

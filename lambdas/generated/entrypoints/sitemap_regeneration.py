# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 21e52cca1d747bd837b7e135ac6a7a6be3404e801e173415ae3049a20ce75098
"""Lambda entry point of sitemap-regeneration."""

from clarivum_jobs.worker import Worker
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.sitemap_regeneration import handle

lambda_handler = Worker(SitemapRegeneration, handle)

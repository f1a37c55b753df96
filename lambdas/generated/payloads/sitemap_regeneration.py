# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 2748087a8c652c40644ea1fdf0ba8c4bcf592608960474fd6133ed93a2fe75e7
"""Payload of sitemap-regeneration, contract version 1."""

from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.contract.payload import JobContract, Payload


class SitemapRegeneration(Payload):
    """Rebuild the sitemap files and their index from the published pages."""

    contract: ClassVar[JobContract] = JobContract(
        name="sitemap-regeneration",
        version=1,
        key=("revision",),
    )

    revision: Annotated[str, Field(min_length=1, max_length=64)]
    """Content revision that was published."""

# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 835577c96fd066edd81945c40419f6ad312d5135ccf885a46ebd5614f6fcec81
"""Payload of sitemap-regeneration, contract version 1."""

from typing import Annotated, ClassVar

from pydantic import Field

from clarivum_jobs.payload import JobContract, Payload


class SitemapRegeneration(Payload):
    """Rebuild the sitemap files and their index from the published pages."""

    contract: ClassVar[JobContract] = JobContract(
        name="sitemap-regeneration",
        version=1,
        key=("revision",),
    )

    revision: Annotated[str, Field(min_length=1, max_length=64)]
    """Content revision that was published."""

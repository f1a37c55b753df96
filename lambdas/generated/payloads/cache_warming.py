# DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
# body-sha256: 8a8faf6e14e0525dd06932931e424750993f519a3c730d5f0b4263e69778427f
"""Payload of cache-warming, contract version 1."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from clarivum_jobs.contract.constraints import Items
from clarivum_jobs.contract.formats import Uri
from clarivum_jobs.contract.payload import JobContract, Payload


class CacheWarming(Payload):
    """Request the important pages so that the caches in front of them are hot."""

    contract: ClassVar[JobContract] = JobContract(
        name="cache-warming",
        version=1,
        key=("section", "urls", "run"),
    )

    section: Literal["all", "home", "products", "blog"] = "all"
    """Which part of the site to warm."""

    urls: Annotated[Items[Uri], Field(max_length=500)] = ()
    """Pages to request instead of a section's."""

    run: Annotated[str, Field(min_length=1, max_length=64)] = "scheduled"
    """Name of the run; a run of one name warms once."""

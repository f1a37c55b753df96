"""Handler of sitemap-regeneration: publishes the sitemap of the site in its bucket."""

from collections.abc import Iterator

from clarivum_jobs import JobContext
from clarivum_jobs.core.settings import variable
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.support import sitemap
from handlers.support.content_api import published_pages
from handlers.support.sitemap_shelf import Shelf

_RUN = 16


class EmptySiteError(Exception):
    """The content API lists no page; an empty sitemap would take the site out of every search."""


def handle(payload: SitemapRegeneration, context: JobContext) -> None:
    """Rebuild the sitemap files and their index from the published pages.

    Raises:
        EmptySiteError: There is no page; the old sitemap stays.
        PublishedMeanwhileError: Another run has published; its sitemap stays.
        FilesGoneError: Files of the sitemap are gone; another attempt writes them again.
        ContentApiError: The content API did not answer as it should.
        RetryAfter: The content API wants to be left alone for a while.
        PermanentError: The content API refuses the question.
        ClientError: S3 did not answer as it should.
    """
    site = variable("SITE_URL").rstrip("/")
    shelf = Shelf(site, variable("SITE_BUCKET"), context.idempotency_key[:_RUN])
    standing = shelf.standing()
    if not shelf.stands(standing):
        locations = _Locations(site)
        published = shelf.publish(sitemap.files(locations), over=standing)
        if published is None:
            message = "the content API lists no published page"
            raise EmptySiteError(message)
        standing = published
        if locations.left_out:
            context.logger.warning("addresses too long", extra={"pages": locations.left_out})
    removed = shelf.sweep(standing)
    context.logger.info(
        "sitemap published",
        extra={"files": standing.files, "removed": removed, "revision": payload.revision},
    )


class _Locations:
    """The addresses of the published pages, and how many are too long for the protocol."""

    def __init__(self, site: str) -> None:
        self.left_out = 0
        self._site = site

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for page in published_pages(self._site):
            location = f"{self._site}{page.path}"
            if len(location) <= sitemap.MAX_LOCATION:
                yield location, page.updated
            else:
                self.left_out += 1

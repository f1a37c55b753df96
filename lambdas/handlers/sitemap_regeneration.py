"""Handler of sitemap-regeneration: writes the sitemap of the site into its bucket.

Files keep their names, so that running twice leaves the same objects. The index comes last: until
then readers see the old one, whose files are complete.
"""

from collections.abc import Iterator

from clarivum_jobs import JobContext
from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import variable
from generated.payloads.sitemap_regeneration import SitemapRegeneration
from handlers.support import sitemap
from handlers.support.content_api import published_pages

_CONTENT_TYPE = "application/xml; charset=utf-8"


class EmptySiteError(Exception):
    """The content API lists no page; an empty sitemap would take the site out of every search."""


def handle(payload: SitemapRegeneration, context: JobContext) -> None:
    """Rebuild the sitemap files and their index from the published pages.

    Raises:
        EmptySiteError: There is no page; the old sitemap stays.
        ContentApiError: The content API did not answer as it should.
        RetryAfter: The content API wants to be left alone for a while.
        PermanentError: The content API refuses the question.
    """
    site, bucket = variable("SITE_URL").rstrip("/"), variable("SITE_BUCKET")
    written: list[str] = []
    for document in sitemap.files(_locations(site)):
        name = f"sitemap-{len(written) + 1}.xml"
        _put(bucket, name, document)
        written.append(name)
    if not written:
        message = "the content API lists no published page"
        raise EmptySiteError(message)
    _put(bucket, "sitemap.xml", sitemap.index(f"{site}/{name}" for name in written))
    context.logger.info(
        "sitemap written", extra={"files": len(written), "revision": payload.revision}
    )


def _locations(site: str) -> Iterator[tuple[str, str]]:
    for page in published_pages(site):
        yield f"{site}{page.path}", page.updated


def _put(bucket: str, key: str, document: bytes) -> None:
    clients.s3().put_object(Bucket=bucket, Key=key, Body=document, ContentType=_CONTENT_TYPE)

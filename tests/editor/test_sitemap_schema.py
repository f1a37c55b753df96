"""What is published is valid by the schema of sitemaps.org itself; our own reading is no laxer."""

import gzip
import os

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.support import sitemap
from tests.editor.install import InstallError, sitemap_schema
from tests.runtime.sitemap_schema import InvalidSitemapError, urls

pytestmark = pytest.mark.editor

PLACE = "https://clarivum.example"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{sitemap.NAMESPACE}">'


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """Return the schema; if it cannot be installed, skip or, if required, fail."""
    try:
        path = sitemap_schema()
    except InstallError as error:
        reason = f"the schema of sitemaps.org cannot be installed: {error}"
        if os.environ.get("REQUIRE_EDITOR") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return xmlschema.XMLSchema(path)


_TIMES = st.text() | st.dates().map(str) | st.datetimes(timezones=st.timezones()).map(str)


@given(st.lists(st.tuples(st.integers(0, 2000), _TIMES), min_size=1, max_size=8))
@settings(deadline=None, max_examples=30)
def test_published_files_are_valid(
    schema: xmlschema.XMLSchema, pages: list[tuple[int, str]]
) -> None:
    """Whatever the content API says of the times of changes."""
    listed = [(f"{PLACE}/{'x' * length}?a=1&b=2", changed) for length, changed in pages]
    (file,) = sitemap.files(listed)

    schema.validate(gzip.decompress(file.document).decode())


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "<url/>",
        "<url><loc>x</loc></url>",
        f"<url><loc>{PLACE}/{'x' * 2048}</loc></url>",
        f"<url><lastmod>2026-01-05</lastmod><loc>{PLACE}/</loc></url>",
        f"<url><loc>{PLACE}/</loc><lastmod>soon</lastmod></url>",
        f"<url><loc>{PLACE}/</loc><lastmod>2026-13-05</lastmod></url>",
        f"<url><loc>{PLACE}/</loc><lastmod>2026-01-05T08:00Z</lastmod></url>",
        f"<url><loc>{PLACE}/</loc><loc>{PLACE}/</loc></url>",
        f"<url><loc>{PLACE}/</loc><title>x</title></url>",
        f"<page><loc>{PLACE}/</loc></page>",
    ],
)
def test_what_the_schema_refuses_our_own_reading_refuses_too(
    schema: xmlschema.XMLSchema, entry: str
) -> None:
    """The reading that every machine can run is no laxer."""
    document = f"{_HEAD}{entry}</urlset>"

    assert not schema.is_valid(document)
    with pytest.raises(InvalidSitemapError):
        urls(document.encode())

"""The sitemap in the bucket of the site: readers find the old one or the new one, never a half.

A run writes files under names of its own, then the index over the one that it has found, then
removes the files of the run before. Of two runs at a time the later index is refused, so that no
older look at the pages replaces a newer one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from botocore.exceptions import ClientError

from clarivum_jobs.core import clients
from handlers.support.sitemap import File, index

INDEX = "sitemap.xml"

_PREFIX = "sitemap-"
_GZIP = "application/gzip"
_XML = "application/xml; charset=utf-8"
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
_TAKEN = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})

# What no index names and is this old was left by a run that never ended.
_FORGOTTEN = dt.timedelta(days=1)


class PublishedMeanwhileError(Exception):
    """Another run has published since this one began; another attempt looks at the pages anew."""


class FilesGoneError(Exception):
    """Files that the index names are gone; another attempt writes them again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The index that is in the bucket.

    Attributes:
        etag: What tells it from any other; empty if there is none.
        run: The run whose files it names; empty if unknown.
        files: How many they are.
        before: The run whose index it replaced.
    """

    etag: str = ""
    run: str = ""
    files: int = 0
    before: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sitemap's place, as one run sees it.

    Attributes:
        site: Address of the site, without a slash at its end.
        bucket: Its bucket.
        run: Name of the run; no other run may write under it.
    """

    site: str
    bucket: str
    run: str

    def standing(self) -> Standing:
        """Return what readers find at this moment.

        Raises:
            ClientError: S3 did not answer as it should.
        """
        try:
            found = clients.s3().head_object(Bucket=self.bucket, Key=INDEX)
        except ClientError as error:
            if clients.error_code(error) in _ABSENT:
                return Standing()
            raise
        said = found["Metadata"]
        return Standing(
            found["ETag"],
            said.get("run", ""),
            int(said.get("files", 0)),
            said.get("before", ""),
        )

    def publish(self, files: Iterable[File], over: Standing) -> Standing | None:
        """Write files and then their index; return what stands, or none if there was no file.

        Raises:
            PublishedMeanwhileError: The index is no longer the one that was found.
            ClientError: S3 did not answer as it should.
        """
        entries = []
        for number, file in enumerate(files, start=1):
            name = self._name(number)
            self._put(name, file.document, _GZIP)
            entries.append((f"{self.site}/{name}", file.changed))
        if not entries:
            return None
        before = over.before if over.run == self.run else over.run
        said = {"run": self.run, "files": str(len(entries)), "before": before}
        # Only over the index that this run has seen.
        condition = {"IfMatch": over.etag} if over.etag else {"IfNoneMatch": "*"}
        try:
            self._put(INDEX, index(entries), _XML, Metadata=said, **condition)
        except ClientError as error:
            if clients.error_code(error) not in _TAKEN:
                raise
            # The client asks again where an answer was lost, and is then refused by its own index.
            if self.standing().run != self.run:
                message = "another run has published a sitemap meanwhile"
                raise PublishedMeanwhileError(message) from None
        return Standing("", self.run, len(entries), before)

    def stands(self, standing: Standing) -> bool:
        """Whether an earlier attempt of this run has published, and every file is there."""
        return standing.run == self.run and self._all_there(standing, dict(self._found()))

    def sweep(self, standing: Standing) -> int:
        """Remove the files of the run before, and forgotten ones; return how many.

        Raises:
            FilesGoneError: A file that the index names is not there.
            ClientError: S3 did not answer as it should.
        """
        found = dict(self._found())
        if not self._all_there(standing, found):
            message = "files of the sitemap that was just published are gone"
            raise FilesGoneError(message)
        old = dt.datetime.now(dt.UTC) - _FORGOTTEN
        before = f"{_PREFIX}{standing.before}-"
        own = f"{_PREFIX}{self.run}-"
        gone = [
            name
            for name, written in found.items()
            if not name.startswith(own)
            and (written < old or (standing.before and name.startswith(before)))
        ]
        for name in gone:
            clients.s3().delete_object(Bucket=self.bucket, Key=name)
        return len(gone)

    def _all_there(self, standing: Standing, found: dict[str, dt.datetime]) -> bool:
        return all(self._name(number + 1) in found for number in range(standing.files))

    def _found(self) -> Iterator[tuple[str, dt.datetime]]:
        pages = clients.s3().get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=_PREFIX):
            for entry in page.get("Contents", ()):
                yield entry["Key"], entry["LastModified"]

    def _name(self, number: int) -> str:
        return f"{_PREFIX}{self.run}-{number}.xml.gz"

    def _put(self, key: str, document: bytes, kind: str, **more: object) -> None:
        place = {"Bucket": self.bucket, "Key": key, "ContentType": kind}
        clients.s3().put_object(Body=document, **place, **more)  # type: ignore[arg-type]

"""Handler of pdf-export: makes a PDF or an EPUB of a document, stores it and has a link mailed.

The mail names the place, not an address: it is signed when the mail is sent, so that it lives as
long as it can, and two attempts enqueue one and the same mail.
"""

import uuid
from urllib.parse import quote

from clarivum_jobs import JobContext, enqueue
from clarivum_jobs.core import clients
from clarivum_jobs.core.settings import variable
from generated.payloads.email_fulfillment import EmailFulfillment
from generated.payloads.pdf_export import PdfExport
from handlers.support import epub, pdf
from handlers.support.documents import Document, fetch
from handlers.support.party import Party

_KINDS = {"pdf": "application/pdf", "epub": "application/epub+zip"}
_RUN = 16


def handle(payload: PdfExport, context: JobContext) -> None:
    """Render the document, store it, and enqueue the mail if there is a recipient.

    Raises:
        PermanentError: The document is gone, or the content API refuses the question.
        PartyError: The content API did not answer as it should.
        RetryAfter: It wants to be left alone for a while.
        ClientError: S3 did not answer as it should.
        EnqueueError: The queue did not take the mail.
    """
    content = Party("content API", variable("SITE_URL").rstrip("/"))
    document = fetch(content, str(payload.document_id))
    book = _render(document, payload, context)
    run = context.idempotency_key[:_RUN]
    key = f"documents/{payload.document_id}/{run}.{payload.format}"
    name = quote(f"{document.name}.{payload.format}")
    clients.s3().put_object(
        Bucket=variable("DATA_BUCKET"),
        Key=key,
        Body=book,
        ContentType=_KINDS[payload.format],
        ContentDisposition=f"attachment; filename*=UTF-8''{name}",
    )
    if payload.recipient is not None:
        mail = EmailFulfillment(
            email_id=uuid.uuid5(uuid.NAMESPACE_OID, context.idempotency_key),
            to=payload.recipient,
            template="document",
            document=key,
        )
        enqueue(mail)
    context.logger.info("document exported", extra={"key": key, "bytes": len(book)})


def _render(document: Document, payload: PdfExport, context: JobContext) -> bytes:
    if payload.format == "epub":
        return epub.render(document, f"urn:uuid:{payload.document_id}")
    book, missing = pdf.render(document)
    if missing:
        context.logger.warning("characters without a letter", extra={"characters": missing})
    return book

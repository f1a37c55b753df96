// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 6a7f3bad0ba29423b8f369f894d710e98b5e3f658257f224aa644f889e1a1f06
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Render a document as PDF or EPUB, store it and mail a link. */
export interface PdfExport {
  /** The document to render. */
  document_id: string;
  /** What to make of it. */
  format: "pdf" | "epub";
  /** Who gets the link. Sensitive: never logged. */
  recipient?: string;
  /**
   * Name of the request; one of another name renders and mails again.
   * @default "first"
   */
  run: string;
}

/** PdfExport as it is given: what has a default may be left out. */
export interface PdfExportInput {
  /** The document to render. */
  document_id: string;
  /** What to make of it. */
  format: "pdf" | "epub";
  /** Who gets the link. Sensitive: never logged. */
  recipient?: string;
  /**
   * Name of the request; one of another name renders and mails again.
   * @default "first"
   */
  run?: string;
}

/** Render a document as PDF or EPUB, store it and mail a link. */
export const pdfExport = defineJob<PdfExportInput, PdfExport>(
  "pdf-export",
  1,
  ["document_id", "format", "run"],
  t.object({
    document_id: t.text({ format: t.uuid }),
    format: t.oneOf("pdf", "epub"),
    recipient: t.optional(t.text({ format: t.email })),
    run: t.optional(t.text({ min: 1, max: 64 }), "first"),
  }),
);

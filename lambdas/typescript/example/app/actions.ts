"use server";

import { pdfExport } from "@clarivum/jobs/pdf-export";

import { jobs } from "./jobs";

/** What a form calls to have a document rendered. */
export async function exportDocument(documentId: string): Promise<string> {
  const { jobId } = await jobs().enqueue(pdfExport, { document_id: documentId, format: "pdf" });
  return jobId;
}

import { InvalidPayloadError } from "@clarivum/jobs";
import { leadEnrichment } from "@clarivum/jobs/lead-enrichment";

import { jobs } from "../../jobs";

export const runtime = "nodejs";

/** Enqueue one; `?delay=3600` lets it wait for an hour. */
export async function POST(request: Request) {
  const delay = Number(new URL(request.url).searchParams.get("delay"));
  try {
    const receipt = await jobs().enqueue(leadEnrichment, await request.json(), {
      delay,
      trace: request.headers.get("traceparent"),
    });
    return Response.json(receipt, { status: 202 });
  } catch (error) {
    if (!(error instanceof InvalidPayloadError)) throw error;
    return Response.json({ issues: error.issues }, { status: 400 });
  }
}

/** Take back one that waits, whoever enqueued it. */
export async function DELETE(request: Request) {
  return Response.json({ cancelled: await jobs().cancel(leadEnrichment, await request.json()) });
}

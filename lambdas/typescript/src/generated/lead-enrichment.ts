// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 39e575ea5528d4fec237a0dda2d3c51d6d2d7d8b93767e715eb13b285de4a799
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Complete a captured lead from the enrichment provider and write it back. */
export interface LeadEnrichment {
  /** Primary key of the lead row. */
  lead_id: string;
  /** Address the lead was captured with. Sensitive: never logged. */
  email: string;
  /**
   * Where the lead came from.
   * @default "web"
   */
  source: "web" | "referral" | "import";
}

/** LeadEnrichment as it is given: what has a default may be left out. */
export interface LeadEnrichmentInput {
  /** Primary key of the lead row. */
  lead_id: string;
  /** Address the lead was captured with. Sensitive: never logged. */
  email: string;
  /**
   * Where the lead came from.
   * @default "web"
   */
  source?: "web" | "referral" | "import";
}

/** Complete a captured lead from the enrichment provider and write it back. */
export const leadEnrichment = defineJob<LeadEnrichmentInput, LeadEnrichment>(
  "lead-enrichment",
  1,
  ["lead_id"],
  t.object({
    lead_id: t.text({ format: t.uuid }),
    email: t.text({ format: t.email }),
    source: t.optional(t.oneOf("web", "referral", "import"), "web"),
  }),
);

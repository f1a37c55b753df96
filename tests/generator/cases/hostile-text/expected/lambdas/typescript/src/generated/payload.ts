// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: b3b0a18ad470865c18742a207bdac6ed4f50858b3a6d3bb70503fba5d517fe43
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** A job whose class would be called like its base. */
export interface PayloadJob {
  /** @default "a@b.example" */
  email: string;
}

/** PayloadJob as it is given: what has a default may be left out. */
export interface PayloadJobInput {
  /** @default "a@b.example" */
  email?: string;
}

/** A job whose class would be called like its base. */
export const payloadJob = defineJob<PayloadJobInput, PayloadJob>(
  "payload",
  1,
  ["email"],
  t.object({
    email: t.optional(t.text({ format: t.email }), "a@b.example"),
  }),
);

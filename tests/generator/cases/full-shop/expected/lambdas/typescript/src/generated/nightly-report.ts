// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 9f1490a827167fff9a49642cb7653fae3cd66f86632e4594079d68807687e494
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Add up the day. */
export interface NightlyReport {
  /**
   * Which day to add up.
   * @default "yesterday"
   */
  day: string;
  /** @default "eu" */
  region: "eu" | "us";
}

/** NightlyReport as it is given: what has a default may be left out. */
export interface NightlyReportInput {
  /**
   * Which day to add up.
   * @default "yesterday"
   */
  day?: string;
  /** @default "eu" */
  region?: "eu" | "us";
}

/** Add up the day. */
export const nightlyReport = defineJob<NightlyReportInput, NightlyReport>(
  "nightly-report",
  1,
  ["day", "region"],
  t.object({
    day: t.optional(t.text(), "yesterday"),
    region: t.optional(t.oneOf("eu", "us"), "eu"),
  }),
);

// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 1d4e4cab8443c4515b99a091a59bd270921be1d3bf19ec61bd54291c757b3b55
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Export product events to object storage, each day of a range by a job of its own. */
export interface AnalyticsBackfill {
  /** Name of the export this day belongs to. */
  export_id: string;
  /** The day to export (UTC), or the first of several. */
  day: string;
  /**
   * How many days; each of several becomes a job of its own.
   * @default 1
   */
  days: number;
}

/** AnalyticsBackfill as it is given: what has a default may be left out. */
export interface AnalyticsBackfillInput {
  /** Name of the export this day belongs to. */
  export_id: string;
  /** The day to export (UTC), or the first of several. */
  day: string;
  /**
   * How many days; each of several becomes a job of its own.
   * @default 1
   */
  days?: number;
}

/** Export product events to object storage, each day of a range by a job of its own. */
export const analyticsBackfill = defineJob<AnalyticsBackfillInput, AnalyticsBackfill>(
  "analytics-backfill",
  1,
  ["export_id", "day", "days"],
  t.object({
    export_id: t.text({ min: 1, max: 64 }),
    day: t.text({ format: t.date }),
    days: t.optional(t.integer({ min: 1, max: 366 }), 1),
  }),
);

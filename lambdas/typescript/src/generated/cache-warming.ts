// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: df78e5681ec15fe011b4526775fe187f91fba3f474b8b29a9e38530ad679718b
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Request the important pages so that the caches in front of them are hot. */
export interface CacheWarming {
  /**
   * Which part of the site to warm.
   * @default "all"
   */
  section: "all" | "home" | "products" | "blog";
  /**
   * Pages to request instead of a section's.
   * @default []
   */
  urls: readonly string[];
  /**
   * Name of the run; a run of one name warms once.
   * @default "scheduled"
   */
  run: string;
}

/** CacheWarming as it is given: what has a default may be left out. */
export interface CacheWarmingInput {
  /**
   * Which part of the site to warm.
   * @default "all"
   */
  section?: "all" | "home" | "products" | "blog";
  /**
   * Pages to request instead of a section's.
   * @default []
   */
  urls?: readonly string[];
  /**
   * Name of the run; a run of one name warms once.
   * @default "scheduled"
   */
  run?: string;
}

/** Request the important pages so that the caches in front of them are hot. */
export const cacheWarming = defineJob<CacheWarmingInput, CacheWarming>(
  "cache-warming",
  1,
  ["section", "urls", "run"],
  t.object({
    section: t.optional(t.oneOf("all", "home", "products", "blog"), "all"),
    urls: t.optional(t.list(t.text({ format: t.uri }), { max: 500 }), []),
    run: t.optional(t.text({ min: 1, max: 64 }), "scheduled"),
  }),
);

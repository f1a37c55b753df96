// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 5b4add637ae0a85483dc353e0d34448f0a7935df7932e068d9100678a44e501c
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Rebuild the sitemap files and their index from the published pages. */
export interface SitemapRegeneration {
  /** Content revision that was published. */
  revision: string;
}

/** SitemapRegeneration as it is given: nothing in it has a default. */
export type SitemapRegenerationInput = SitemapRegeneration;

/** Rebuild the sitemap files and their index from the published pages. */
export const sitemapRegeneration = defineJob<SitemapRegeneration>(
  "sitemap-regeneration",
  1,
  ["revision"],
  t.object({
    revision: t.text({ min: 1, max: 64 }),
  }),
);

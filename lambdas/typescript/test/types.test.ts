import assert from "node:assert/strict";
import { test } from "node:test";
import type { StandardSchemaV1 } from "@standard-schema/spec";

import { leadEnrichment } from "../src/generated/lead-enrichment.js";
import type { LeadEnrichment } from "../src/generated/lead-enrichment.js";
import { createProducer } from "../src/index.js";

/** Whether the compiler takes one type for exactly another. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const lead_id = "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d";
const email = "ada@example.com";
const jobs = createProducer({
  region: "eu-central-1",
  queueBaseUrl: "https://sqs.eu-central-1.amazonaws.com/1/",
  source: "tests",
  transport: async () => ({}),
});

test("the compiler refuses what the contract does", async () => {
  // @ts-expect-error a misspelt field
  await assert.rejects(jobs.enqueue(leadEnrichment, { lead_id, email, sorce: "web" }));
  // @ts-expect-error a value that is not of the enum
  await assert.rejects(jobs.enqueue(leadEnrichment, { lead_id, email, source: "fax" }));
  // @ts-expect-error a missing field
  await assert.rejects(jobs.enqueue(leadEnrichment, { lead_id }));
  // @ts-expect-error a field of another type
  await assert.rejects(jobs.enqueue(leadEnrichment, { lead_id: 1, email }));
  // @ts-expect-error an optional field is left out, not undefined
  await jobs.enqueue(leadEnrichment, { lead_id, email, source: undefined });
  // @ts-expect-error one of a batch
  await jobs.enqueueMany(leadEnrichment, [{ lead_id, email }, { lead_id }]);
  await jobs.enqueue(leadEnrichment, { lead_id, email });
});

test("defaults may be left out of the input, and are in the output", () => {
  const lead: LeadEnrichment = leadEnrichment.parse({ lead_id, email });
  assert.equal(lead.source, "web");
});

test("a contract is a Standard Schema", async () => {
  const schema: StandardSchemaV1<unknown, LeadEnrichment> = leadEnrichment.schema;
  const same: Same<
    StandardSchemaV1.InferOutput<typeof leadEnrichment.schema>,
    LeadEnrichment
  > = true;

  const taken = await schema["~standard"].validate({ lead_id, email });
  const refused = await schema["~standard"].validate({ lead_id });

  assert.ok(same);
  assert.deepEqual(taken, { value: { lead_id, email, source: "web" } });
  assert.deepEqual(refused.issues?.[0]?.path, ["email"]);
});

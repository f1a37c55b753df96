import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { defineJob, namedKey } from "../src/contract/job.js";
import { write } from "../src/form.js";
import { scheduleName } from "../src/delayed.js";
import { sha256 } from "../src/hash.js";

/** Where the vectors lie that Python reads as well. */
const path = process.env["VECTORS"] ?? "../../tests/vectors/key-form-1.json";

interface Vectors {
  keys: { name: string; form: string; key: string }[];
  named: { name: string; key: string }[];
  schedules: { job: string; key: string; schedule: string }[];
}

const vectors: Vectors = JSON.parse(readFileSync(path, "utf8"));

test("a key is the digest of its form", async () => {
  for (const { name, form, key } of vectors.keys) assert.equal(await sha256(form), key, name);
});

test("what a form says is written as that form", () => {
  for (const { name, form } of vectors.keys) assert.equal(write(JSON.parse(form)), form, name);
});

test("work that was named has the key of its name", async () => {
  for (const { name, key } of vectors.named) assert.equal(await namedKey(name), key);
  await assert.rejects(namedKey(""), RangeError);
});

test("a schedule is named as Python names it", async () => {
  for (const { job, key, schedule } of vectors.schedules) {
    assert.equal(await scheduleName(job, key), schedule);
  }
});

test("an absent key field is null", async () => {
  const job = defineJob<object, { a?: string }>("j", 1, ["a"], () => ({}));
  assert.equal(await job.key({}), await sha256("[null]"));
});

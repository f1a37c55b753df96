import assert from "node:assert/strict";
import { test } from "node:test";

import { defineJob } from "../src/contract/job.js";
import * as t from "../src/contract/types.js";
import {
  AwsError,
  EnqueueError,
  InvalidPayloadError,
  JobClosedError,
  MessageTooLargeError,
  SettingsError,
  createProducer,
  settingsFrom,
} from "../src/index.js";
import { batchAnswer, recorder } from "./recorder.js";

interface Mail {
  id: string;
  words?: string;
}

const mail = defineJob<Mail>(
  "mail",
  3,
  ["id"],
  t.object({ id: t.text({ format: t.uuid }), words: t.optional(t.text()) }),
);
const ID = "ABCDEF12-3456-4234-8234-123456789ABC";
const settings = {
  region: "eu-central-1",
  queueBaseUrl: "https://sqs.eu-central-1.amazonaws.com/1/shop-prod-",
  source: "web",
  queueBaseArn: "arn:aws:sqs:eu-central-1:1:shop-prod-",
  scheduleGroup: "shop-prod-delayed",
  scheduleRoleArn: "arn:aws:iam::1:role/shop-prod-delayed",
};

function producer(answer: Parameters<typeof recorder>[0]) {
  const { calls, transport } = recorder(answer);
  return { calls, jobs: createProducer({ ...settings, transport }) };
}

test("a payload is sent in its envelope", async () => {
  const { calls, jobs } = producer(() => ({ MessageId: "m" }));
  const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  const receipt = await jobs.enqueue(mail, { id: ID }, { trace });

  const [{ operation, input } = assert.fail()] = calls;
  const { id, time, traceparent, ...rest } = JSON.parse(input["MessageBody"]);
  assert.equal(operation, "SendMessage");
  assert.equal(input["QueueUrl"], `${settings.queueBaseUrl}mail`);
  assert.ok(!("DelaySeconds" in input), "zero would overrule the queue's own delay");
  assert.deepEqual(rest, {
    specversion: "1.0",
    source: "web",
    type: "jobs.mail",
    datacontenttype: "application/json",
    idempotencykey: await mail.key({ id: ID.toLowerCase() }),
    contractversion: 3,
    data: { id: ID.toLowerCase() },
  });
  assert.match(traceparent, /^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
  assert.doesNotMatch(traceparent, /00f067aa0ba902b7/);
  assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);
  assert.deepEqual(receipt, {
    jobId: id,
    messageId: "m",
    idempotencyKey: rest.idempotencykey,
    schedule: "",
  });
});

test("a delay is a message timer up to fifteen minutes, and a schedule beyond", async () => {
  const { calls, jobs } = producer(() => ({}));

  await jobs.enqueue(mail, { id: ID }, { delay: 899.1 });
  const { schedule, messageId } = await jobs.enqueue(mail, { id: ID }, { delay: 901, key: "k" });

  assert.equal(calls[0]?.input["DelaySeconds"], 900);
  assert.equal(calls[1]?.operation, "CreateSchedule");
  assert.equal(calls[1]?.input["Name"], schedule);
  assert.equal(messageId, "");
  assert.equal(calls[1]?.input["Target"].DeadLetterConfig.Arn, `${settings.queueBaseArn}mail-dlq`);
  for (const delay of [-1, NaN, 366 * 86_400 + 1]) {
    await assert.rejects(jobs.enqueue(mail, { id: ID }, { delay }), RangeError);
  }
  assert.equal(calls.length, 2);
});

test("equal work that is scheduled already has the receipt of the first", async () => {
  const scheduled: Record<string, unknown> = {};
  const { jobs } = producer(({ operation, input }) => {
    if (operation === "CreateSchedule" && "Name" in scheduled) {
      return new AwsError("ConflictException", false);
    }
    return operation === "CreateSchedule" ? Object.assign(scheduled, input) : scheduled;
  });

  const first = await jobs.enqueue(mail, { id: ID }, { delay: 3600 });
  const second = await jobs.enqueue(mail, { id: ID.toLowerCase() }, { delay: 7200 });

  assert.deepEqual(second, first);
});

test("a schedule that fired and still stands is made anew", async () => {
  const fired = { ScheduleExpression: "at(2020-01-01T00:00:00)" };
  let creations = 0;
  const { calls, jobs } = producer(({ operation }) => {
    const taken = operation === "CreateSchedule" && ++creations === 1;
    return taken ? new AwsError("ConflictException", false) : fired;
  });

  await jobs.enqueue(mail, { id: ID }, { delay: 3600 });

  const operations = calls.map(({ operation }) => operation);
  assert.deepEqual(operations, [
    "CreateSchedule",
    "GetSchedule",
    "DeleteSchedule",
    "CreateSchedule",
  ]);
});

test("what waits in a schedule can be cancelled, and nothing else", async () => {
  const later = { ScheduleExpression: "at(2999-01-01T00:00:00)" };
  const waiting = producer(() => later);
  const due = producer(() => ({ ScheduleExpression: "at(2020-01-01T00:00:00)" }));
  const none = producer(() => new AwsError("ResourceNotFoundException", false));
  const refused = producer(() => new AwsError("AccessDeniedException", false));

  assert.equal(await waiting.jobs.cancel(mail, { id: ID }), true);
  assert.deepEqual(
    waiting.calls.map(({ operation }) => operation),
    ["GetSchedule", "DeleteSchedule"],
  );
  assert.equal(await due.jobs.cancel(mail, { id: ID }), false);
  assert.equal(await none.jobs.cancel(mail, { id: ID }, { key: "k" }), false);
  await assert.rejects(refused.jobs.cancel(mail, { id: ID }), EnqueueError);
});

test("the scheduler is not asked to fill in what a payload says", async () => {
  const { calls, jobs } = producer(() => ({}));

  await jobs.enqueue(mail, { id: ID, words: "<aws.scheduler.attempt-number>" }, { delay: 1000 });

  const text: string = calls[0]?.input["Target"].Input;
  assert.ok(!text.includes("<aws."));
  assert.equal(JSON.parse(text).data.words, "<aws.scheduler.attempt-number>");
});

test("many are sent ten a call, and each has its own outcome", async () => {
  const { calls, jobs } = producer((call) =>
    batchAnswer(call, (id) => {
      if (id === "3") return { Code: "InvalidMessageContents", SenderFault: true };
      const again = id === "12" && calls.length < 5;
      return again ? { Code: "InternalError", SenderFault: false } : undefined;
    }),
  );
  const inputs: Mail[] = Array.from({ length: 25 }, () => ({ id: ID }));
  inputs[7] = { id: "none" };

  const { accepted, failed } = await jobs.enqueueMany(mail, inputs, { delay: 5 });

  assert.deepEqual(
    failed.map(({ index, code, retryable }) => [index, code, retryable]),
    [
      [3, "InvalidMessageContents", false],
      [7, "invalid_payload", false],
    ],
  );
  assert.equal(accepted.length, 23);
  assert.equal(accepted[11 - 1]?.messageId, "message-12");
  assert.ok(calls.every(({ input }) => input["Entries"].length <= 10));
  assert.ok(calls.every(({ input }) => input["Entries"][0].DelaySeconds === 5));
  const sentAgain = calls.slice(3).flatMap(({ input }) => input["Entries"]);
  assert.ok(sentAgain.length && sentAgain.every(({ Id }) => Id === "12"));
});

test("silence about an entry is not success", async () => {
  const { jobs } = producer(() => ({}));

  const { accepted, failed } = await jobs.enqueueMany(mail, [{ id: ID }]);

  assert.deepEqual([accepted.length, failed[0]?.code], [0, "NoAnswer"]);
});

test("large messages do not share a call that cannot hold them", async () => {
  const { calls, jobs } = producer((call) => batchAnswer(call));
  const words = "x".repeat(100_000);

  await jobs.enqueueMany(
    mail,
    [1, 2, 3, 4, 5].map(() => ({ id: ID, words })),
  );

  assert.deepEqual(calls.map(({ input }) => input["Entries"].length).sort(), [1, 2, 2]);
});

test("what is wrong with a payload is said without its values", async () => {
  const { calls, jobs } = producer(() => ({}));
  const secret = { id: "s3cret", words: 7 } as unknown as Mail;

  await assert.rejects(jobs.enqueue(mail, secret), (error) => {
    assert.ok(error instanceof InvalidPayloadError);
    assert.deepEqual(
      error.issues.map(({ path, code }) => [path.join(), code]),
      [
        ["id", "format"],
        ["words", "type"],
      ],
    );
    assert.doesNotMatch(error.message, /s3cret|7/);
    return true;
  });
  await assert.rejects(
    jobs.enqueue(mail, { id: ID, words: "é".repeat(50_000) }),
    MessageTooLargeError,
  );
  assert.equal(calls.length, 0);
});

test("a refusal of AWS says whether another try may help", async () => {
  const throttled = producer(() => new AwsError("ThrottlingException", true));

  await assert.rejects(throttled.jobs.enqueue(mail, { id: ID }), (error) => {
    assert.ok(error instanceof EnqueueError);
    assert.deepEqual([error.code, error.retryable], ["ThrottlingException", true]);
    return true;
  });
});

test("a closed job takes nothing new, and what was promised can be cancelled", async () => {
  const { calls, transport } = recorder(() => ({ MessageId: "m" }));
  const { closed } = settingsFrom({
    AWS_REGION: "x",
    JOBS_QUEUE_BASE_URL: "https://x/",
    JOBS_SOURCE: "web",
    JOBS_CLOSED: "report,mail",
  });
  const jobs = createProducer({ ...settings, closed, transport });

  await assert.rejects(jobs.enqueue(mail, { id: ID }), JobClosedError);
  const { accepted, failed } = await jobs.enqueueMany(mail, [{ id: ID }]);
  assert.deepEqual([accepted.length, failed[0]?.code], [0, "job_closed"]);
  assert.equal(calls.length, 0);
  assert.equal(await jobs.cancel(mail, { id: ID }), true);
  const open = createProducer({ ...settings, closed: ["mails"], transport });
  assert.equal((await open.enqueue(mail, { id: ID })).messageId, "m");
});

test("settings that are missing are named", async () => {
  assert.throws(() => settingsFrom({ AWS_REGION: "x" }), /JOBS_QUEUE_BASE_URL, JOBS_SOURCE/);
  const { transport } = recorder(() => ({}));
  assert.throws(() => createProducer({ ...settings, source: "", transport }), SettingsError);
  const jobs = createProducer({ ...settings, scheduleGroup: undefined, transport });
  await assert.rejects(jobs.enqueue(mail, { id: ID }, { delay: 3600 }), /scheduleGroup/);
});

import type { Job } from "./contract/job.js";
import { namedKey } from "./contract/job.js";
import { MessageTooLargeError } from "./errors.js";
import { write, writeText } from "./form.js";
import { continued } from "./trace.js";

/** Bytes of a message: 256 KiB, less the room that a dead letter's attributes need. */
export const MAX_BYTES = 252 * 1024;

/** What stands in a message. */
export interface Message {
  readonly id: string;
  readonly key: string;
  readonly body: string;
}

export interface MessageOptions {
  /** Name of this piece of work, instead of the payload's key fields. */
  readonly key?: string | undefined;
  /** W3C `traceparent` of the request. */
  readonly trace?: string | null | undefined;
}

/**
 * Check a payload and put it into its envelope: CloudEvents 1.0, structured JSON, in ASCII.
 *
 * @throws {InvalidPayloadError} It does not fit its contract, or is too large.
 */
export async function message<Input>(
  job: Job<Input, unknown>,
  input: Input,
  source: string,
  { key: name, trace }: MessageOptions = {},
): Promise<Message> {
  const data = write(job.parse(input), false);
  const key = name === undefined ? await job.key(input) : await namedKey(name);
  const id = crypto.randomUUID();
  const sender = writeText(source);
  const time = new Date().toISOString();
  const body =
    `{"specversion":"1.0","id":"${id}","source":${sender},"type":"jobs.${job.name}",` +
    `"time":"${time}","datacontenttype":"application/json","idempotencykey":"${key}",` +
    `"traceparent":"${continued(trace)}","contractversion":${job.version},"data":${data}}`;
  checkSize(job.name, body);
  return { id, key, body };
}

/** @throws {MessageTooLargeError} A body, which is ASCII, is larger than a message may be. */
export function checkSize(job: string, body: string): void {
  if (body.length <= MAX_BYTES) return;
  const message = `${body.length} bytes, at most ${MAX_BYTES} fit`;
  throw new MessageTooLargeError(job, [
    { path: [], place: "", code: "message_too_large", message },
  ]);
}

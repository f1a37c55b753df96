import { type Transport, pause } from "./aws/transport.js";
import { AwsError } from "./errors.js";

const MAX_ENTRIES = 10;
/** Bytes of one call where the older limits apply. */
const MAX_BYTES = 256 * 1024;
const PARALLEL = 4;
const TRIES = 3;

/** One message to send; `index` is its place in the caller's list. */
export interface Entry {
  readonly index: number;
  readonly body: string;
}

/** SQS's id of a message it took, or why it did not. */
export type Outcome = string | AwsError;

interface Answer {
  Successful?: { Id: string; MessageId: string }[];
  Failed?: { Id: string; Code: string; SenderFault: boolean }[];
}

/** The entries in their order, as many together as one call may hold. */
export function batches(entries: readonly Entry[]): Entry[][] {
  const found: Entry[][] = [];
  let size = 0;
  for (const entry of entries) {
    const last = found.at(-1);
    size += entry.body.length;
    if (last && last.length < MAX_ENTRIES && size <= MAX_BYTES) {
      last.push(entry);
    } else {
      found.push([entry]);
      size = entry.body.length;
    }
  }
  return found;
}

/** Do work for each input, a few at a time; the results are in the order of the inputs. */
export async function sideBySide<Input, Result>(
  inputs: readonly Input[],
  work: (input: Input) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = inputs.entries();
  const worker = async () => {
    for (const [index, input] of waiting) results[index] = await work(input);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return results;
}

/** Send up to ten messages; what failed through no fault of ours is sent again, a few times. */
export async function sendBatch(
  call: Transport,
  queueUrl: string,
  delay: number,
  batch: readonly Entry[],
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  let pending = batch;
  for (let attempt = 1; pending.length; attempt++) {
    const again = new Set<number>();
    try {
      const answer: Answer = await call("SendMessageBatch", {
        QueueUrl: queueUrl,
        Entries: pending.map(({ index, body }) => ({
          Id: String(index),
          MessageBody: body,
          // Zero would overrule the queue's own delay.
          ...(delay && { DelaySeconds: delay }),
        })),
      });
      // Silence about an entry is not success.
      for (const { index } of pending) {
        outcomes.set(index, new AwsError("NoAnswer", true));
        again.add(index);
      }
      for (const { Id, MessageId } of answer.Successful ?? []) {
        outcomes.set(+Id, MessageId);
        again.delete(+Id);
      }
      for (const { Id, Code, SenderFault } of answer.Failed ?? []) {
        outcomes.set(+Id, new AwsError(Code, !SenderFault));
        if (SenderFault) again.delete(+Id);
      }
    } catch (error) {
      // The transport has tried again by itself already.
      if (!(error instanceof AwsError)) throw error;
      for (const { index } of pending) outcomes.set(index, error);
    }
    pending = attempt < TRIES ? pending.filter(({ index }) => again.has(index)) : [];
    if (pending.length) await pause(attempt);
  }
  return outcomes;
}

import type { CredentialsProvider } from "./aws/credentials.js";
import { type Transport, fetchTransport } from "./aws/transport.js";
import { type Entry, batches, sendBatch, sideBySide } from "./batching.js";
import { type Job, namedKey } from "./contract/job.js";
import type { ScheduleSettings } from "./delayed.js";
import {
  AwsError,
  EnqueueError,
  InvalidPayloadError,
  JobClosedError,
  SettingsError,
} from "./errors.js";
import { type Message, type MessageOptions, message } from "./message.js";
import { type BatchResult, type Failure, type Receipt, receipt } from "./results.js";

/** Seconds that a message timer can wait; beyond, a schedule does. */
const MAX_TIMER = 900;

/** Seconds: a year. */
const MAX_DELAY = 366 * 86_400;

/** Few calls need schedules, and only they load what makes them. */
const delayed = () => import("./delayed.js");

/** Where the queues are and who sends. */
export interface ProducerSettings extends ScheduleSettings {
  readonly region: string;
  /** URL of a job's queue without the job's name at its end. */
  readonly queueBaseUrl: string;
  /** Who sends, as CloudEvents names it. */
  readonly source: string;
  /** Names of the jobs that take nothing new. */
  readonly closed?: readonly string[] | undefined;
  /** Where EventBridge Scheduler is, if it is not AWS's own. */
  readonly scheduleEndpoint?: string | undefined;
}

export type ProducerOptions = ProducerSettings &
  (
    | { readonly credentials: CredentialsProvider; readonly transport?: undefined }
    | { readonly transport: Transport; readonly credentials?: undefined }
  );

export interface EnqueueOptions extends MessageOptions {
  /**
   * Seconds before the work may begin, up to a year; 0 leaves it to the queue. Up to 15 minutes it
   * is a message timer; longer, a one-time schedule, of which there is one for equal work.
   */
  readonly delay?: number | undefined;
}

/** Sends to the queues of one environment. */
export interface Producer {
  /**
   * Enqueue one payload. Await it before you answer: a function that is frozen sends nothing.
   *
   * @throws {InvalidPayloadError} The payload does not fit its contract; nothing was sent.
   * @throws {JobClosedError} The job takes nothing new; nothing was sent.
   * @throws {EnqueueError} The queue did not take it; sending again is safe.
   */
  enqueue<Input>(
    job: Job<Input, unknown>,
    input: NoInfer<Input>,
    options?: EnqueueOptions,
  ): Promise<Receipt>;
  /** Enqueue many payloads, ten a call; one that fails does not keep the others back. */
  enqueueMany<Input>(
    job: Job<Input, unknown>,
    inputs: Iterable<NoInfer<Input>>,
    options?: Omit<EnqueueOptions, "key">,
  ): Promise<BatchResult>;
  /**
   * Cancel what was enqueued with a delay of more than 15 minutes and has not begun to run.
   *
   * @returns Whether it was; false if it is on its queue already, or never was scheduled.
   * @throws {EnqueueError} The scheduler did not answer.
   */
  cancel<Input>(
    job: Job<Input, unknown>,
    input: NoInfer<Input>,
    options?: Pick<EnqueueOptions, "key">,
  ): Promise<boolean>;
}

/**
 * Make a producer. Nothing is sent and no credentials are asked for until something is enqueued.
 *
 * @throws {SettingsError} A setting is empty.
 */
export function createProducer(options: ProducerOptions): Producer {
  const { region, queueBaseUrl, source } = options;
  if (!region || !queueBaseUrl || !source) {
    throw new SettingsError("a producer needs region, queueBaseUrl and source");
  }
  const call =
    options.transport ??
    fetchTransport({
      region,
      credentials: options.credentials,
      queueEndpoint: new URL("/", queueBaseUrl).href,
      scheduleEndpoint: options.scheduleEndpoint ?? `https://scheduler.${region}.amazonaws.com`,
    });

  const written: typeof message = (job, ...rest) => {
    if (options.closed?.includes(job.name)) throw new JobClosedError(job.name);
    return message(job, ...rest);
  };

  const send = async (job: string, sent: Message, seconds: number): Promise<Receipt> => {
    try {
      if (seconds > MAX_TIMER) {
        return await (await delayed()).schedule(call, options, job, sent, seconds);
      }
      const { MessageId } = await call("SendMessage", {
        QueueUrl: queueBaseUrl + job,
        MessageBody: sent.body,
        ...(seconds && { DelaySeconds: seconds }),
      });
      return receipt(sent, String(MessageId));
    } catch (error) {
      throw asEnqueueError(job, error);
    }
  };

  return {
    async enqueue(job, input, { delay, ...about } = {}) {
      const seconds = inSeconds(delay);
      return send(job.name, await written(job, input, source, about), seconds);
    },

    async enqueueMany(job, inputs, { delay, ...about } = {}) {
      const seconds = inSeconds(delay);
      const messages = new Map<number, Message>();
      const results: (Receipt | Failure)[] = [];
      let count = 0;
      for (const input of inputs) {
        const index = count++;
        try {
          messages.set(index, await written(job, input, source, about));
        } catch (error) {
          results[index] = failure(index, job.name, error);
        }
      }
      const entries: Entry[] = Array.from(messages, ([index, { body }]) => ({ index, body }));
      if (seconds > MAX_TIMER) {
        await sideBySide(entries, async ({ index }) => {
          results[index] = await send(job.name, messages.get(index)!, seconds).catch((error) =>
            failure(index, job.name, error),
          );
        });
      } else {
        await sideBySide(batches(entries), async (batch) => {
          const sent = await sendBatch(call, queueBaseUrl + job.name, seconds, batch);
          for (const [index, outcome] of sent) {
            results[index] =
              typeof outcome === "string"
                ? receipt(messages.get(index)!, outcome)
                : failure(index, job.name, asEnqueueError(job.name, outcome));
          }
        });
      }
      return {
        accepted: results.filter((result) => "jobId" in result),
        failed: results.filter((result) => "index" in result),
      };
    },

    async cancel(job, input, { key: name } = {}) {
      const own = await job.key(input);
      const key = name === undefined ? own : await namedKey(name);
      try {
        return await (await delayed()).unschedule(call, options, job.name, key);
      } catch (error) {
        throw asEnqueueError(job.name, error);
      }
    },
  };
}

function failure(index: number, job: string, error: unknown): Failure {
  const told =
    error instanceof InvalidPayloadError ||
    error instanceof JobClosedError ||
    error instanceof EnqueueError;
  if (!told) throw error;
  const retryable = error instanceof EnqueueError && error.retryable;
  return { index, job, code: error.code, reason: error.message, retryable };
}

function asEnqueueError(job: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  return new EnqueueError(job, error.code, error.retryable, { cause: error });
}

function inSeconds(delay = 0): number {
  if (delay >= 0 && delay <= MAX_DELAY) return Math.ceil(delay);
  throw new RangeError(`delay must be 0 to ${MAX_DELAY} seconds, not ${delay}`);
}

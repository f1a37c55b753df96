/** A message that the queue took, or that waits in a schedule. */
export interface Receipt {
  /** Id of this enqueue, found again in logs, records and dead letters. */
  readonly jobId: string;
  /** Id that SQS gave to the message; empty while it waits in a schedule. */
  readonly messageId: string;
  /** Equal for equal work. */
  readonly idempotencyKey: string;
  /** Name of the one-time schedule it waits in; empty if it is in the queue. */
  readonly schedule: string;
}

/** The receipt of a message. */
export function receipt(
  { id, key }: { readonly id: string; readonly key: string },
  messageId: string,
  schedule = "",
): Receipt {
  return { jobId: id, messageId, idempotencyKey: key, schedule };
}

/** A message that was not sent. */
export interface Failure {
  /** Place of its payload in the call, from 0. */
  readonly index: number;
  /** Name of the job. */
  readonly job: string;
  /** Stable name of the reason: `invalid_payload`, `message_too_large`, `job_closed` or AWS's own. */
  readonly code: string;
  /** The reason in words, free of payload values. */
  readonly reason: string;
  /** Whether sending it again may succeed without a change. */
  readonly retryable: boolean;
}

/** What became of many payloads; each is in one of the two, in the order of the call. */
export interface BatchResult {
  readonly accepted: readonly Receipt[];
  readonly failed: readonly Failure[];
}

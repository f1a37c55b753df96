import type { Issue } from "./contract/context.js";

/** Anything that this library throws on purpose. No message ever holds a payload's value. */
export class JobsError extends Error {
  override readonly name: string = "JobsError";
}

/** A payload does not fit its job's contract; nothing was sent. */
export class InvalidPayloadError extends JobsError {
  override readonly name: string = "InvalidPayloadError";
  readonly code: string = "invalid_payload";

  constructor(
    /** Name of the job. */
    readonly job: string,
    /** What is wrong, free of the payload's values. */
    readonly issues: readonly Issue[],
  ) {
    super(`payload of ${job} is invalid: ${issues.map(told).join("; ")}`);
  }
}

/** A payload is larger than a message may be; store it and send where it lies. */
export class MessageTooLargeError extends InvalidPayloadError {
  override readonly name = "MessageTooLargeError";
  override readonly code = "message_too_large";
}

/** The queue did not take a message; sending it again is safe. */
export class EnqueueError extends JobsError {
  override readonly name = "EnqueueError";

  constructor(
    /** Name of the job. */
    readonly job: string,
    /** AWS's code for the error, or the kind of the connection's failure. */
    readonly code: string,
    /** Whether another try may succeed without a change. */
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(`the queue of ${job} did not take the message: ${code}`, options);
  }
}

/** A job takes nothing new, as it is draining or retired; nothing was sent. */
export class JobClosedError extends JobsError {
  override readonly name = "JobClosedError";
  readonly code = "job_closed";

  constructor(
    /** Name of the job. */
    readonly job: string,
  ) {
    super(`${job} takes nothing new: it is draining or retired`);
  }
}

/** The settings lack what a call needs. */
export class SettingsError extends JobsError {
  override readonly name = "SettingsError";
}

/** AWS's answer to a failed call, as a transport throws it. */
export class AwsError extends JobsError {
  override readonly name = "AwsError";

  constructor(
    readonly code: string,
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(`AWS answered ${code}`, options);
  }
}

function told({ place, message }: Issue): string {
  return `${place || "payload"}: ${message}`;
}

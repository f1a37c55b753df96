import { AwsError, JobsError } from "../errors.js";
import { type CredentialsProvider, remembered } from "./credentials.js";
import { signed } from "./signature.js";

/** The calls to SQS and EventBridge Scheduler that a producer makes. */
export type Operation =
  "SendMessage" | "SendMessageBatch" | "CreateSchedule" | "GetSchedule" | "DeleteSchedule";

/**
 * Makes a call, with AWS's own names in input and output.
 *
 * @throws {AwsError} AWS refused it, or did not answer.
 */
export type Transport = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

export interface TransportOptions {
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** Where SQS is. */
  readonly queueEndpoint: string;
  /** Where EventBridge Scheduler is. */
  readonly scheduleEndpoint: string;
}

/** What `fetch` throws; its cause says why there was no answer. */
interface Failure {
  readonly name: string;
  readonly cause?: { readonly code?: string };
}

const TRIES = 3;
/** Milliseconds: a web function that enqueues must not hang. */
const PATIENCE = 5000;
const PASSING = /Throttl|TooMany|RequestLimit|Unavailable|Internal/;

/** A transport of signed requests, without the SDK. */
export function fetchTransport(options: TransportOptions): Transport {
  const credentials = remembered(options.credentials);
  return async (operation, input) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(options, await credentials(), operation, input);
      } catch (error) {
        // What is not ours is the connection's.
        const failure = error instanceof JobsError ? error : broken(error as Failure);
        if (!(failure instanceof AwsError && failure.retryable) || attempt === TRIES) throw failure;
        await pause(attempt);
      }
    }
  };
}

/** Wait a little, longer with every attempt, and never as long as others do. */
export function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
}

async function call(
  { region, queueEndpoint, scheduleEndpoint }: TransportOptions,
  credentials: Awaited<ReturnType<CredentialsProvider>>,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { "content-type": "application/x-amz-json-1.0" };
  let method = "POST";
  let url = new URL(queueEndpoint);
  let body = JSON.stringify(input);
  const service = operation.startsWith("Send") ? "sqs" : "scheduler";
  if (service === "sqs") {
    headers["x-amz-target"] = `AmazonSQS.${operation}`;
  } else {
    headers["content-type"] = "application/json";
    url = new URL(`/schedules/${input["Name"]}`, scheduleEndpoint);
    if (operation !== "CreateSchedule") {
      method = operation === "GetSchedule" ? "GET" : "DELETE";
      url.searchParams.set("groupName", String(input["GroupName"]));
      body = "";
    }
  }
  const request = { method, url, headers, body };
  const answer = await fetch(url, {
    method,
    headers: await signed(request, credentials, region, service),
    body: body || null,
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await answer.text();
  if (answer.ok) return text ? JSON.parse(text) : {};
  const code = answer.headers.get("x-amzn-errortype") ?? /"__type":\s*"([^"]+)"/.exec(text)?.[1];
  const name = code?.replace(/:.*|.*#/g, "") ?? `Status${answer.status}`;
  throw new AwsError(name, answer.status >= 500 || answer.status === 429 || PASSING.test(name));
}

function broken(error: Failure): AwsError {
  return new AwsError(error.cause?.code ?? error.name, true, { cause: error });
}

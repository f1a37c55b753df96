/** Enqueue background jobs: typed payloads, validated and keyed as their workers read them. */
export type { Credentials, CredentialsProvider } from "./aws/credentials.js";
export type { Operation, Transport } from "./aws/transport.js";
export type { Issue } from "./contract/context.js";
export type { Job } from "./contract/job.js";
export type { StandardSchema } from "./contract/standard.js";
export {
  AwsError,
  EnqueueError,
  InvalidPayloadError,
  JobClosedError,
  JobsError,
  MessageTooLargeError,
  SettingsError,
} from "./errors.js";
export type { EnqueueOptions, Producer, ProducerOptions, ProducerSettings } from "./producer.js";
export { createProducer } from "./producer.js";
export type { BatchResult, Failure, Receipt } from "./results.js";
export { settingsFrom } from "./settings.js";

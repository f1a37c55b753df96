import { SettingsError } from "./errors.js";
import type { ProducerSettings } from "./producer.js";

/**
 * Read a producer's settings from the variables that the environment's `producer` output names.
 *
 * @throws {SettingsError} A variable is missing.
 */
export function settingsFrom(
  environment: Readonly<Record<string, string | undefined>>,
): ProducerSettings {
  const missing: string[] = [];
  const needed = (...names: string[]) => {
    const value = names.map((name) => environment[name]).find(Boolean);
    if (!value) missing.push(names.join(" or "));
    return value ?? "";
  };
  const settings = {
    region: needed("AWS_REGION", "AWS_DEFAULT_REGION"),
    queueBaseUrl: needed("JOBS_QUEUE_BASE_URL"),
    source: needed("JOBS_SOURCE"),
    closed: environment["JOBS_CLOSED"]?.split(","),
    queueBaseArn: environment["JOBS_QUEUE_BASE_ARN"],
    scheduleGroup: environment["JOBS_SCHEDULE_GROUP"],
    scheduleRoleArn: environment["JOBS_SCHEDULE_ROLE_ARN"],
    scheduleEndpoint: environment["AWS_ENDPOINT_URL_SCHEDULER"] ?? environment["AWS_ENDPOINT_URL"],
  };
  if (missing.length) throw new SettingsError(`the environment lacks ${missing.join(", ")}`);
  return settings;
}

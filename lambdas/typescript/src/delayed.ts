import type { Transport } from "./aws/transport.js";
import { AwsError, SettingsError } from "./errors.js";
import { sha256 } from "./hash.js";
import { type Message, checkSize } from "./message.js";
import { type Receipt, receipt } from "./results.js";

/** Milliseconds: a schedule fires within the minute, and AWS deletes it some time after. */
const LATEST = 90_000;

export interface ScheduleSettings {
  /** ARN of a job's queue without the job's name at its end. */
  readonly queueBaseArn?: string | undefined;
  /** Where one-time schedules are made. */
  readonly scheduleGroup?: string | undefined;
  /** Role under which they send. */
  readonly scheduleRoleArn?: string | undefined;
}

/** The name of the one-time schedule of a piece of work; whoever can name the work can cancel it. */
export async function scheduleName(job: string, key: string): Promise<string> {
  return `${job.slice(0, 31)}-${(await sha256(`${job}#${key}`)).slice(0, 32)}`;
}

/** Let a message be put on its queue in `seconds`, to the minute; equal work is scheduled once. */
export async function schedule(
  call: Transport,
  settings: ScheduleSettings,
  job: string,
  { id, key, body }: Message,
  seconds: number,
): Promise<Receipt> {
  // The scheduler fills in `<aws.scheduler...>`, which a payload must not be able to ask for.
  const text = body.replaceAll("<aws.", "\\u003caws.");
  checkSize(job, text);
  const { queueBaseArn, scheduleGroup, scheduleRoleArn } = complete(settings);
  const name = await scheduleName(job, key);
  const place = { Name: name, GroupName: scheduleGroup };
  const moment = new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19);
  const create = () =>
    call("CreateSchedule", {
      ...place,
      ScheduleExpression: `at(${moment})`,
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      Target: {
        Arn: queueBaseArn + job,
        RoleArn: scheduleRoleArn,
        Input: text,
        DeadLetterConfig: { Arn: `${queueBaseArn}${job}-dlq` },
      },
    });
  try {
    await create();
  } catch (error) {
    if (!isAnswer(error, "ConflictException")) throw error;
    const found = await call("GetSchedule", place);
    if (!isDue(found, LATEST)) {
      const earlier = JSON.parse((found["Target"] as { Input: string }).Input);
      return receipt({ id: earlier.id, key }, "", name);
    }
    await call("DeleteSchedule", place);
    await create();
  }
  return receipt({ id, key }, "", name);
}

/** Delete the schedule of a piece of work; false if there is none, or it has run. */
export async function unschedule(
  call: Transport,
  settings: ScheduleSettings,
  job: string,
  key: string,
): Promise<boolean> {
  const { scheduleGroup } = complete(settings);
  const place = { Name: await scheduleName(job, key), GroupName: scheduleGroup };
  try {
    // Once it is due, its message is on the way: a fired schedule stays for a while.
    if (isDue(await call("GetSchedule", place))) return false;
    await call("DeleteSchedule", place);
    return true;
  } catch (error) {
    if (isAnswer(error, "ResourceNotFoundException")) return false;
    throw error;
  }
}

function complete(settings: ScheduleSettings): Required<ScheduleSettings> {
  const { queueBaseArn, scheduleGroup, scheduleRoleArn } = settings;
  if (queueBaseArn && scheduleGroup && scheduleRoleArn)
    return settings as Required<typeof settings>;
  const names = "queueBaseArn, scheduleGroup and scheduleRoleArn";
  throw new SettingsError(`a delay this long needs the settings ${names}`);
}

function isDue(found: Readonly<Record<string, unknown>>, late = 0): boolean {
  const moment = String(found["ScheduleExpression"]).slice("at(".length, -1);
  return Date.now() >= Date.parse(`${moment}Z`) + late;
}

function isAnswer(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}

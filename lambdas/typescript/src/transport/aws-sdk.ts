import type { SchedulerClient } from "@aws-sdk/client-scheduler";
import type { SQSClient } from "@aws-sdk/client-sqs";

import type { Transport } from "../aws/transport.js";
import { AwsError } from "../errors.js";

/**
 * A transport by clients of the AWS SDK, for code that has them already: its retries, its
 * middleware, its credentials. `scheduler` is needed for delays of more than 15 minutes only.
 */
export function sdkTransport(clients: {
  readonly sqs: SQSClient;
  readonly scheduler?: SchedulerClient;
}): Transport {
  // Loaded by the first call that needs them; asking again for each would cost more than the call.
  let sending: typeof import("@aws-sdk/client-sqs") | undefined;
  let scheduling: typeof import("@aws-sdk/client-scheduler") | undefined;
  return async (operation, input) => {
    try {
      if (operation.startsWith("Send")) {
        const commands = (sending ??= await import("@aws-sdk/client-sqs"));
        const Command = commands[`${operation as "SendMessage"}Command`];
        return { ...(await clients.sqs.send(new Command(input as never))) };
      }
      if (!clients.scheduler) throw new AwsError("NoScheduler", false);
      const commands = (scheduling ??= await import("@aws-sdk/client-scheduler"));
      const Command = commands[`${operation as "GetSchedule"}Command`];
      return { ...(await clients.scheduler.send(new Command(input as never))) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      const { name, $retryable, $fault } = error as Error & {
        $retryable?: object;
        $fault?: string;
      };
      throw new AwsError(name, Boolean($retryable) || $fault !== "client", { cause: error });
    }
  };
}

import { AwsError } from "../src/errors.js";
import type { Operation, Transport } from "../src/index.js";

/** A call that a producer made. */
export interface Call {
  operation: Operation;
  input: Record<string, any>;
}

/** A transport that answers by a function, and the calls it was asked for. */
export function recorder(answer: (call: Call) => object | AwsError): {
  calls: Call[];
  transport: Transport;
} {
  const calls: Call[] = [];
  const transport: Transport = async (operation, input) => {
    const call = { operation, input };
    calls.push(call);
    const given = answer(call);
    if (given instanceof AwsError) throw given;
    return given as Record<string, unknown>;
  };
  return { calls, transport };
}

/** The answer to a batch: every entry is taken, but for those that `code` names a reason for. */
export function batchAnswer(
  { input }: Call,
  code: (id: string) => { Code: string; SenderFault: boolean } | undefined = () => undefined,
): object {
  const entries: { Id: string }[] = input["Entries"];
  return {
    Successful: entries
      .filter(({ Id }) => !code(Id))
      .map(({ Id }) => ({ Id, MessageId: `message-${Id}` })),
    Failed: entries.flatMap(({ Id }) => {
      const why = code(Id);
      return why ? [{ Id, ...why }] : [];
    }),
  };
}

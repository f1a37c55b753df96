import { InvalidPayloadError } from "../errors.js";
import { write } from "../form.js";
import { sha256 } from "../hash.js";
import type { Issue, Type } from "./context.js";
import type { StandardSchema } from "./standard.js";

/** What producers and workers of one job agree on. */
export interface Job<Input, Output = Input> {
  /** As in the manifest. */
  readonly name: string;
  /** Version of the payload. */
  readonly version: number;
  /** Payload fields whose values tell one piece of work from another. */
  readonly keyFields: readonly string[];
  /** The contract as Standard Schema v1, which forms and routers take. */
  readonly schema: StandardSchema<Input, Output>;
  /**
   * Check a payload and fill in its defaults.
   *
   * @throws {InvalidPayloadError} It does not fit the contract.
   */
  parse(input: Input): Output;
  /**
   * The idempotency key of a payload, equal for equal work in every language.
   *
   * @throws {InvalidPayloadError} It does not fit the contract.
   */
  key(input: Input): Promise<string>;
}

/** Define a job; the generated modules do. */
export function defineJob<Input, Output = Input>(
  name: string,
  version: number,
  keyFields: readonly (keyof Output & string)[],
  type: Type,
): Job<Input, Output> {
  const read = (input: unknown, utc = false) => {
    const issues: Issue[] = [];
    const value = type(input, { issues, path: [], places: [], utc });
    return { value, issues };
  };
  const parse = (input: Input, utc = false) => {
    const { value, issues } = read(input, utc);
    if (issues.length) throw new InvalidPayloadError(name, issues);
    return value as Output;
  };
  const validate = (input: unknown) => {
    const { value, issues } = read(input);
    return issues.length ? { issues } : { value: value as Output };
  };
  return {
    name,
    version,
    keyFields,
    schema: { "~standard": { version: 1, vendor: "clarivum", validate } },
    parse: (input) => parse(input),
    key: async (input) => {
      const payload = parse(input, true);
      return sha256(write(keyFields.map((field) => payload[field] ?? null)));
    },
  };
}

/**
 * The key of work that somebody named; never equal to a payload's.
 *
 * @throws {RangeError} The name is empty, which would make all such work one.
 */
export async function namedKey(name: string): Promise<string> {
  if (!name) throw new RangeError("a key must not be empty");
  return sha256(write({ name }));
}

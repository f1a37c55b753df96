import { type Type, fail, isWhole } from "./context.js";

/** Returns text in its normal form, moments in UTC if asked to; nothing if it is none of the format. */
export type Format = (text: string, utc: boolean) => string | undefined;

export interface TextRules {
  /** Fewest code points. */
  readonly min?: number;
  /** Most code points. */
  readonly max?: number;
  /** Found somewhere in it. */
  readonly pattern?: RegExp;
  readonly format?: Format;
}

/** Text. */
export function text({ min = 0, max = Infinity, pattern, format }: TextRules = {}): Type {
  return (value, at) => {
    if (typeof value !== "string") return fail(at, "type", "must be text");
    if (!isWhole(value)) return fail(at, "surrogate", "must not hold half of a character");
    const length = min || max < Infinity ? [...value].length : 0;
    if (length < min) fail(at, "too_short", `must have at least ${min} characters`);
    if (length > max) fail(at, "too_long", `must have at most ${max} characters`);
    if (pattern && !pattern.test(value)) fail(at, "pattern", `must match ${pattern.source}`);
    if (!format) return value;
    return format(value, at.utc) ?? fail(at, "format", "must be in the contract's format");
  };
}

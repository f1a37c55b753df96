import { type Type, fail } from "./context.js";

/** A bound beyond 2^53 - 1 is a `bigint`, so that it is exact. */
type Bound = number | bigint;

export interface NumberRules {
  readonly min?: Bound;
  readonly max?: Bound;
  readonly above?: Bound;
  readonly below?: Bound;
}

/** A number, a double as JSON has them. */
export function number(rules: NumberRules = {}): Type {
  return (value, at) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      return fail(at, "type", "must be a number");
    }
    const { min, max, above, below } = rules;
    if (min !== undefined && value < min) fail(at, "too_small", `must be at least ${min}`);
    if (max !== undefined && value > max) fail(at, "too_large", `must be at most ${max}`);
    if (above !== undefined && value <= above) fail(at, "too_small", `must be above ${above}`);
    if (below !== undefined && value >= below) fail(at, "too_large", `must be below ${below}`);
    return value;
  };
}

/** A whole number that JavaScript has exactly. */
export function integer(rules: NumberRules = {}): Type {
  const read = number(rules);
  return (value, at) => {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return fail(at, "unsafe_integer", "must be within 2^53 - 1, or it may be another number");
    }
    if (typeof value === "number" && !Number.isInteger(value)) {
      return fail(at, "type", "must be a whole number");
    }
    return read(value, at);
  };
}

/** A multiple of a number, exactly, in decimal: 0.3 is one of 0.1. */
export function multipleOf(step: number, type: Type): Type {
  return (value, at) => {
    const found = type(value, at);
    if (typeof found === "number") {
      const [digits, zeros] = decimal(found);
      const [stepDigits, stepZeros] = decimal(step);
      const least = Math.min(zeros, stepZeros);
      const scaled = (n: bigint, places: number) => n * 10n ** BigInt(places - least);
      if (scaled(digits, zeros) % scaled(stepDigits, stepZeros)) {
        return fail(at, "multiple", `must be a multiple of ${step}`);
      }
    }
    return found;
  };
}

/** The digits of a number as it is written, and how many zeros follow them. */
function decimal(value: number): [bigint, number] {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}

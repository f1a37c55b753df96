import { write } from "../form.js";
import { anything } from "./anything.js";
import { type Type, fail } from "./context.js";

/** One of some values. */
export function oneOf(...values: readonly (string | number | bigint | boolean | null)[]): Type {
  return (value, at) =>
    values.includes(value as string)
      ? value
      : fail(at, "choice", `must be one of ${values.map((known) => write(known)).join(", ")}`);
}

/** One of some values, lists and maps among them; it is taken as it is spelt here. */
export function oneOfJson(...values: readonly unknown[]): Type {
  const known = new Map(values.map((value) => [write(value), value]));
  return (value, at) => {
    const given = anything(value, { ...at, issues: [] });
    const text = given === undefined ? "" : write(given);
    return known.has(text)
      ? known.get(text)
      : fail(at, "choice", `must be one of ${[...known.keys()].join(", ")}`);
  };
}

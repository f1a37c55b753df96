import { write } from "../form.js";
import { anything } from "./anything.js";
import { type Type, fail, hasRoom, inside } from "./context.js";

export interface ListRules {
  readonly min?: number;
  readonly max?: number;
}

/** A list of values of one type. */
export function list(items: Type, { min = 0, max = Infinity }: ListRules = {}): Type {
  return (value, at) => {
    if (!Array.isArray(value)) return fail(at, "type", "must be a list");
    if (!hasRoom(at)) return undefined;
    if (value.length < min) fail(at, "too_short", `must have at least ${min} items`);
    if (value.length > max) fail(at, "too_long", `must have at most ${max} items`);
    return Array.from(value, (item, index) => inside(items, item, at, index));
  };
}

/** A list that holds no value twice. */
export function distinct(type: Type): Type {
  return (value, at) => {
    if (Array.isArray(value)) {
      // As they are given: two spellings of one UUID are two texts.
      const given = anything(value, at) as unknown[] | undefined;
      if (given && new Set(given.map((item) => write(item))).size < given.length) {
        return fail(at, "duplicate", "must not list a value twice");
      }
    }
    return type(value, at);
  };
}

import { type Type, fail, hasRoom, inside, isMap, isWhole } from "./context.js";

/** A property that may be left out. */
export interface Optional {
  readonly type: Type;
  /** What holds if it is left out; nothing is one possibility. */
  readonly fallback?: unknown;
}

/** A property that may be left out; with a default, that holds then. */
export function optional(type: Type, fallback?: unknown): Optional {
  return { type, fallback };
}

/**
 * A map with named properties, and no others unless these have a type.
 *
 * A property whose value is `undefined` is one that was left out.
 */
export function object(fields: Readonly<Record<string, Type | Optional>>, others?: Type): Type {
  return (value, at) => {
    if (!isMap(value)) return fail(at, "type", "must be a map");
    if (!hasRoom(at)) return undefined;
    const found: [string, unknown][] = [];
    for (const [name, field] of Object.entries(fields)) {
      const needed = typeof field === "function";
      const type = needed ? field : field.type;
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const held = given === undefined && !needed ? field.fallback : given;
      if (held !== undefined) found.push([name, inside(type, held, at, name)]);
      else if (needed) inside(missing, held, at, name);
    }
    for (const [name, given] of Object.entries(value)) {
      if (given === undefined || Object.hasOwn(fields, name)) continue;
      if (!others) inside(unknown, given, at, name);
      else if (!isWhole(name)) inside(broken, given, at, name, "*");
      else found.push([name, inside(others, given, at, name, "*")]);
    }
    // Not by assignment: `__proto__` is a name like any other.
    return Object.fromEntries(found);
  };
}

/** A map of values of one type, whatever their names. */
export function map(values: Type): Type {
  return object({}, values);
}

const missing: Type = (_, at) => fail(at, "missing", "must be given");
const unknown: Type = (_, at) => fail(at, "unknown_property", "is not a property of the payload");
const broken: Type = (_, at) => fail(at, "surrogate", "must not be named by half of a character");

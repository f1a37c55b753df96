import { type Type, fail, hasRoom, inside, isMap, isWhole } from "./context.js";

/** Any JSON value. */
export const anything: Type = (value, at) => {
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return value;
  if (typeof value === "string" && isWhole(value)) return value;
  if (Array.isArray(value)) {
    return hasRoom(at)
      ? Array.from(value, (item, index) => inside(anything, item, at, index))
      : undefined;
  }
  if (!isMap(value)) return fail(at, "json", "must be JSON");
  if (!hasRoom(at)) return undefined;
  const found = Object.entries(value).filter(([, held]) => held !== undefined);
  if (!found.every(([name]) => isWhole(name))) {
    return fail(at, "surrogate", "must not be named by half of a character");
  }
  return Object.fromEntries(
    found.map(([name, held]) => [name, inside(anything, held, at, name, "*")]),
  );
};

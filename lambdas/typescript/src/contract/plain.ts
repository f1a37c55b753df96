import { type Type, fail } from "./context.js";

/** True or false. */
export const boolean: Type = (value, at) =>
  typeof value === "boolean" ? value : fail(at, "type", "must be true or false");

/** Nothing but null. */
export const nothing: Type = (value, at) =>
  value === null ? value : fail(at, "type", "must be null");

/** A type that is defined further down, or that holds itself. */
export function lazy(type: () => Type): Type {
  return (value, at) => type()(value, at);
}

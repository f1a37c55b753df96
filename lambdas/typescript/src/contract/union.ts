import { type Context, type Type, fail, isMap } from "./context.js";

/** A value of one of several types, which share no value. */
export function union(...types: readonly Type[]): Type {
  return (value, at) => {
    let closest: Context | undefined;
    for (const type of types) {
      const trial: Context = { ...at, issues: [] };
      const found = type(value, trial);
      const [first] = trial.issues;
      if (!first) return found;
      // Of the one whose kind is right, what else is wrong is worth telling.
      if (first.code !== "type" || first.path.length > at.path.length) closest = trial;
    }
    if (!closest) return fail(at, "type", "must be of another type");
    at.issues.push(...closest.issues);
    return undefined;
  };
}

/** A map in one of several forms; the text of a property says which. */
export function tagged(tag: string, forms: Readonly<Record<string, Type>>): Type {
  return (value, at) => {
    if (!isMap(value)) return fail(at, "type", "must be a map");
    const name = Object.hasOwn(value, tag) ? value[tag] : undefined;
    const form = typeof name === "string" && Object.hasOwn(forms, name) ? forms[name] : undefined;
    return form ? form(value, at) : fail(at, "tag", "must say which of its forms it is");
  };
}

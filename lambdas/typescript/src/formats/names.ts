/** UUID with its hyphens, in either case; written in lower case. */
export function uuid(text: string): string | undefined {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

/** JSON Pointer, RFC 6901. */
export function jsonPointer(text: string): string | undefined {
  return /^(?:\/(?:[^/~]|~[01])*)*$/.test(text) ? text : undefined;
}

/** Duration, as the appendix of RFC 3339 has ISO 8601. */
export function duration(text: string): string | undefined {
  return DURATION.test(text) ? text : undefined;
}

/** Regular expression of ECMA-262 with its `u` flag; it is checked and never run. */
export function regex(text: string): string | undefined {
  // Which properties there are depends on the version of Unicode.
  const plain = text.replace(/\\(?:[pP]\{\w+(?:=\w+)?\}|[^])/g, (escape) =>
    /^\\p\{/i.test(escape) ? "\\d" : escape,
  );
  if (/\(\?(?:<(?![=!])[^>]*[^\w$>]|[-a-z])/.test(plain)) return undefined;
  try {
    new RegExp(plain, "u");
    return text;
  } catch {
    return undefined;
  }
}

const HOURS = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
const DAYS = "\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D";
const DURATION = new RegExp(`^P(?:\\d+W|(?:${DAYS})(?:${HOURS})?|${HOURS})$`);

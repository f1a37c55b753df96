/**
 * Write JSON in its one form: sorted names, no spaces, plain ASCII. See `docs/key-form-1.md`.
 *
 * @param inKey - Whether numbers are those of a key, whole ones with all their digits.
 */
export function write(value: unknown, inKey = true): string {
  if (typeof value === "string") return writeText(value);
  if (typeof value === "number") return writeNumber(value, inKey);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, inKey)).join()}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const names = Object.entries(value).map(([name, held]) => [weight(name), name, held] as const);
  names.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${names.map(([, name, held]) => `${writeText(name)}:${write(held, inKey)}`).join()}}`;
}

/** Write text in ASCII: queues refuse some characters that JSON allows. */
export function writeText(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function writeNumber(value: number, inKey: boolean): string {
  const size = Math.abs(value);
  const whole = Number.isInteger(value);
  if (whole && (inKey || size < 2 ** 53)) return String(BigInt(value));
  if (size < 1e-4 || size >= 1e16) return value.toExponential().replace(/-(\d)$/, "-0$1");
  return whole ? `${value}.0` : String(value);
}

/** What sorts by code point: UTF-16 has the pairs of surrogates before the last letters. */
function weight(name: string): string {
  return name.replace(/[\ud800-\uffff]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}

const PARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/s;

/**
 * A new span's W3C `traceparent` in the trace of a request.
 *
 * What is not a valid `traceparent` starts a new trace, as the standard asks for.
 */
export function continued(parent?: string | null): string {
  const [, version, trace, flags = "", more] = PARENT.exec(parent ?? "") ?? [];
  const span = random().slice(16);
  if (!trace || (version === "00" && more)) return `00-${random()}-${span}-01`;
  // Sampled, and that the trace id is random: what level 2 of the standard knows.
  return `00-${trace}-${span}-0${parseInt(flags, 16) & 3}`;
}

function random(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

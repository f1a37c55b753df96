import { ipv6 } from "./addresses.js";

const ESCAPED = "%[0-9A-Fa-f]{2}";
const IN_NAME = `(?:[A-Za-z0-9._~!$&'()*+,;=-]|${ESCAPED})`;
const IN_PATH = `(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|${ESCAPED})`;
const IN_FIRST = `(?:[A-Za-z0-9._~!$&'()*+,;=@-]|${ESCAPED})`;
const LITERAL = "\\[(?:v[0-9A-Fa-f]+\\.[A-Za-z0-9._~!$&'()*+,;=:-]+|(?<six>[0-9A-Fa-f:.]+))\\]";
const AUTHORITY = `(?:(?:${IN_NAME}|:)*@)?(?:${LITERAL}|${IN_NAME}*)(?::(?<port>[0-9]*))?`;
const PATH = `(?:/${IN_PATH}*)*`;
const AFTER = `(?:\\?(?:${IN_PATH}|[/?])*)?(?:#(?:${IN_PATH}|[/?])*)?`;
const ABSOLUTE = `/(?:${IN_PATH}+${PATH})?`;
const SCHEME = "[A-Za-z][A-Za-z0-9+.-]*:";
const URI = new RegExp(
  `^${SCHEME}(?://${AUTHORITY}${PATH}|${ABSOLUTE}|${IN_PATH}+${PATH}|)${AFTER}$`,
);
const REFERENCE = new RegExp(
  `^(?://${AUTHORITY}${PATH}|${ABSOLUTE}|${IN_FIRST}+${PATH}|)${AFTER}$`,
);

/** URI with its scheme, in ASCII, RFC 3986. */
export function uri(text: string): string | undefined {
  return isUsable(URI.exec(text)) ? text : undefined;
}

/** URI, or one that is relative to another, RFC 3986. */
export function uriReference(text: string): string | undefined {
  return uri(text) ?? (isUsable(REFERENCE.exec(text)) ? text : undefined);
}

/** Whether an address is one, and the port from 1 to 65535. */
function isUsable(match: RegExpExecArray | null): boolean {
  const { six, port } = match?.groups ?? {};
  if (!match || (six && !ipv6(six))) return false;
  return !port || (+port > 0 && +port <= 65_535);
}

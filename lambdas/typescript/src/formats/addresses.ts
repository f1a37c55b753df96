const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);
const MAILBOX =
  /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[ !#-[\]-~]|\\[ -~])*")@([^@]+)$/;
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);

/** E-mail address, RFC 5321, at a name of two labels or more or at an address. */
export function email(text: string): string | undefined {
  const [, local = "", domain = ""] = MAILBOX.exec(text) ?? [];
  if (!local || text.length > 254 || local.length > 64) return undefined;
  const [, six, four] = /^\[(?:IPv6:([0-9A-Fa-f:.]+)|([0-9.]+))\]$/.exec(domain) ?? [];
  const known = six ? ipv6(six) : four ? ipv4(four) : DOMAIN.test(domain);
  return known ? text : undefined;
}

/** Host name, RFC 1123; what a label of `xn--` encodes is not judged. */
export function hostname(text: string): string | undefined {
  return HOST.test(text) && !/(?:^|\.)(?!xn--)..--/i.test(text) ? text : undefined;
}

/** IPv4 address of four decimal numbers. */
export function ipv4(text: string): string | undefined {
  return IPV4.test(text) ? text : undefined;
}

/** IPv6 address, RFC 4291, without a zone. */
export function ipv6(text: string): string | undefined {
  const cut = text.lastIndexOf(":") + 1;
  const tail = text.slice(cut);
  if (tail.includes(".") && !ipv4(tail)) return undefined;
  const groups = tail.includes(".") ? `${text.slice(0, cut)}0:0` : text;
  const halves = groups.split("::").map((half) => (half ? half.split(":") : []));
  const parts = halves.flat();
  const fits = halves.length === 1 ? parts.length === 8 : halves.length === 2 && parts.length < 8;
  return fits && parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part)) ? text : undefined;
}

// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 0a56fdd41f4753fe3542c6abf0bf9e734a10f74d0372df8e4c41571d914a875b
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Ask a host whether it is well. */
export interface ProbeHost {
  id: string;
  address: string;
  at: string;
  /** @default "2016-12-31T23:59:60Z" */
  since: string;
  /** @default "2026-01-31T09:30:00.123456789+02:00" */
  until: string;
  /** @default "2026-01-31T09:30:00.5Z" */
  soon: string;
  /** @default "2026-01-31" */
  day: string;
  /** @default "09:30:00.1234567Z" */
  opens: string;
  /** @default "18:00:00+01:00" */
  closes: string;
  /** @default "PT5M" */
  wait: string;
  /** @default '"on call"@[192.0.2.1]' */
  contact: string;
  /** @default "www.example.com" */
  host: string;
  /** @default "2001:db8::1" */
  fallback: string;
  /** @default "https://www.example.com/" */
  page: string;
  /** @default "../b" */
  next_page: string;
  /** @default "/status/0" */
  part: string;
  /** @default "^(?!.*down).*$" */
  expected: string;
}

/** ProbeHost as it is given: what has a default may be left out. */
export interface ProbeHostInput {
  id: string;
  address: string;
  at: string;
  /** @default "2016-12-31T23:59:60Z" */
  since?: string;
  /** @default "2026-01-31T09:30:00.123456789+02:00" */
  until?: string;
  /** @default "2026-01-31T09:30:00.5Z" */
  soon?: string;
  /** @default "2026-01-31" */
  day?: string;
  /** @default "09:30:00.1234567Z" */
  opens?: string;
  /** @default "18:00:00+01:00" */
  closes?: string;
  /** @default "PT5M" */
  wait?: string;
  /** @default '"on call"@[192.0.2.1]' */
  contact?: string;
  /** @default "www.example.com" */
  host?: string;
  /** @default "2001:db8::1" */
  fallback?: string;
  /** @default "https://www.example.com/" */
  page?: string;
  /** @default "../b" */
  next_page?: string;
  /** @default "/status/0" */
  part?: string;
  /** @default "^(?!.*down).*$" */
  expected?: string;
}

/** Ask a host whether it is well. */
export const probeHost = defineJob<ProbeHostInput, ProbeHost>(
  "probe-host",
  1,
  ["id", "at"],
  t.object({
    id: t.text({ format: t.uuid }),
    address: t.text({ format: t.ipv4 }),
    at: t.text({ format: t.dateTime }),
    since: t.optional(t.text({ format: t.dateTime }), "2016-12-31T23:59:60Z"),
    until: t.optional(t.text({ format: t.dateTime }), "2026-01-31T09:30:00.123456789+02:00"),
    soon: t.optional(t.text({ format: t.dateTime }), "2026-01-31T09:30:00.5Z"),
    day: t.optional(t.text({ format: t.date }), "2026-01-31"),
    opens: t.optional(t.text({ format: t.time }), "09:30:00.1234567Z"),
    closes: t.optional(t.text({ format: t.time }), "18:00:00+01:00"),
    wait: t.optional(t.text({ format: t.duration }), "PT5M"),
    contact: t.optional(t.text({ format: t.email }), '"on call"@[192.0.2.1]'),
    host: t.optional(t.text({ max: 100, format: t.hostname }), "www.example.com"),
    fallback: t.optional(t.text({ format: t.ipv6 }), "2001:db8::1"),
    page: t.optional(t.text({ format: t.uri }), "https://www.example.com/"),
    next_page: t.optional(t.text({ format: t.uriReference }), "../b"),
    part: t.optional(t.text({ format: t.jsonPointer }), "/status/0"),
    expected: t.optional(t.text({ format: t.regex }), "^(?!.*down).*$"),
  }),
);

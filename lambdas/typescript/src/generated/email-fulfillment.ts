// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: a62db9ea94b47fa26ddd5a93abc745f7314aed6bf1c1695eed23e8f19b8d1962
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Send one transactional e-mail, such as a lead magnet or a receipt. */
export interface EmailFulfillment {
  /** One id for each mail that shall be sent once. */
  email_id: string;
  /** The one recipient. Sensitive: never logged. */
  to: string;
  /** Which mail to send. */
  template: "lead-magnet" | "receipt" | "document";
  /**
   * Which version of its words.
   * @default 1
   */
  template_version: number;
  /**
   * Local part of the sending address.
   * @default "hello"
   */
  sender: "hello" | "receipts";
  /** What the mail leads to. Sensitive: never logged. */
  link?: string;
  /**
   * Key of a stored document; the mail leads to it by an address that is signed when the mail is
   * sent.
   */
  document?: string;
}

/** EmailFulfillment as it is given: what has a default may be left out. */
export interface EmailFulfillmentInput {
  /** One id for each mail that shall be sent once. */
  email_id: string;
  /** The one recipient. Sensitive: never logged. */
  to: string;
  /** Which mail to send. */
  template: "lead-magnet" | "receipt" | "document";
  /**
   * Which version of its words.
   * @default 1
   */
  template_version?: number;
  /**
   * Local part of the sending address.
   * @default "hello"
   */
  sender?: "hello" | "receipts";
  /** What the mail leads to. Sensitive: never logged. */
  link?: string;
  /**
   * Key of a stored document; the mail leads to it by an address that is signed when the mail is
   * sent.
   */
  document?: string;
}

/** Send one transactional e-mail, such as a lead magnet or a receipt. */
export const emailFulfillment = defineJob<EmailFulfillmentInput, EmailFulfillment>(
  "email-fulfillment",
  1,
  ["email_id"],
  t.object({
    email_id: t.text({ format: t.uuid }),
    to: t.text({ format: t.email }),
    template: t.oneOf("lead-magnet", "receipt", "document"),
    template_version: t.optional(t.integer({ min: 1 }), 1),
    sender: t.optional(t.oneOf("hello", "receipts"), "hello"),
    link: t.optional(t.text({ format: t.uri })),
    document: t.optional(t.text({ pattern: /^documents\/[a-z0-9/.-]+$/u })),
  }),
);

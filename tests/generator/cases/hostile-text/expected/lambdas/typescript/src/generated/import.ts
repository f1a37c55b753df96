// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 8e25190fdeaa3403e1e6fef6eea4c2f313aea8ee1497904fe601b68a2c3ed575
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/**
 * Say "hi" to ${var.name} and %{ if true }, \n is no newline; back\slash, ünïcödé 日本 “quotes”,
 * it’s – fine.
 */
export interface Import {
  /** A """docstring""" breaker. */
  class: string;
  /** ends with a backslash \. */
  from: string;
  "2nd": number;
  /** No name at all. */
  "": string;
  /** control \u0007 and \u202e bidi. */
  "é-è": string;
  "order-id": string;
  orderNumber: string;
  order_ref: string;
  self: string;
  model_dump: string;
  json: string;
  /** @default "both \"kinds\" of 'quotes' and \\ ${x} %{y}" */
  str: string;
  /** @default 3 */
  int: number;
  date?: string;
  /** @default "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d" */
  uuid: string;
  field?: ImportField;
  import?: ImportImport;
  contract?: string;
  long_pattern?: string;
  /**
   * A long description that needs to be wrapped over several lines because it does not fit into one
   * line of a hundred columns. Sensitive: never logged.
   */
  a_long_name_of_a_property_that_leaves_little_room_for_its_type?: string;
  /** @default "the-third-of-the-values" */
  long_enum:
    | "one-of-the-many-values"
    | "another-of-the-values"
    | "the-third-of-the-values"
    | "the 'fourth' \"value\""
    | null
    | true
    | 5;
  /**
   * @default "This default is text that is quite long, so long that the line it stands on cannot hold it."
   */
  long_default: string;
  /** @default ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"] */
  uuids: readonly string[];
  /**
   * @default ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5e", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5f"]
   */
  many_uuids: readonly string[];
  /** Sensitive: never logged. */
  nullable_list?: readonly (
    "one-of-the-many-values" | "another-of-the-values" | "the-third-of-the-values" | null
  )[];
  /** @default null */
  only_null: null;
}

/** Import as it is given: what has a default may be left out. */
export interface ImportInput {
  /** A """docstring""" breaker. */
  class: string;
  /** ends with a backslash \. */
  from: string;
  "2nd": number;
  /** No name at all. */
  "": string;
  /** control \u0007 and \u202e bidi. */
  "é-è": string;
  "order-id": string;
  orderNumber: string;
  order_ref: string;
  self: string;
  model_dump: string;
  json: string;
  /** @default "both \"kinds\" of 'quotes' and \\ ${x} %{y}" */
  str?: string;
  /** @default 3 */
  int?: number;
  date?: string;
  /** @default "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d" */
  uuid?: string;
  field?: ImportField;
  import?: ImportImport;
  contract?: string;
  long_pattern?: string;
  /**
   * A long description that needs to be wrapped over several lines because it does not fit into one
   * line of a hundred columns. Sensitive: never logged.
   */
  a_long_name_of_a_property_that_leaves_little_room_for_its_type?: string;
  /** @default "the-third-of-the-values" */
  long_enum?:
    | "one-of-the-many-values"
    | "another-of-the-values"
    | "the-third-of-the-values"
    | "the 'fourth' \"value\""
    | null
    | true
    | 5;
  /**
   * @default "This default is text that is quite long, so long that the line it stands on cannot hold it."
   */
  long_default?: string;
  /** @default ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"] */
  uuids?: readonly string[];
  /**
   * @default ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5e", "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5f"]
   */
  many_uuids?: readonly string[];
  /** Sensitive: never logged. */
  nullable_list?: readonly (
    "one-of-the-many-values" | "another-of-the-values" | "the-third-of-the-values" | null
  )[];
  /** @default null */
  only_null?: null;
}

/** A part of the payload. */
export interface ImportField {
  field?: readonly ImportFieldFieldItem[];
}

/** A part of the payload. */
export interface ImportFieldFieldItem {
  annotated?: ImportFieldFieldItemAnnotated;
}

/** A part of the payload. */
export interface ImportFieldFieldItemAnnotated {
  x?: number;
}

/** A part of the payload. */
export interface ImportImport {
  /** Sensitive: never logged. */
  y?: string;
}

/**
 * Say "hi" to ${var.name} and %{ if true }, \n is no newline; back\slash, ünïcödé 日本 “quotes”,
 * it’s – fine.
 */
export const importJob = defineJob<ImportInput, Import>(
  "import",
  1,
  ["class", "from", "2nd", "", "é-è", "order-id", "orderNumber"],
  t.object({
    class: t.text(),
    from: t.text(),
    "2nd": t.integer(),
    "": t.text(),
    "é-è": t.text(),
    "order-id": t.text(),
    orderNumber: t.text(),
    order_ref: t.text(),
    self: t.text(),
    model_dump: t.text(),
    json: t.text(),
    str: t.optional(t.text(), "both \"kinds\" of 'quotes' and \\ ${x} %{y}"),
    int: t.optional(t.integer(), 3),
    date: t.optional(t.text({ format: t.date })),
    uuid: t.optional(t.text({ format: t.uuid }), "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"),
    field: t.optional(
      t.object({
        field: t.optional(
          t.list(
            t.object({
              annotated: t.optional(
                t.object({
                  x: t.optional(t.integer()),
                }),
              ),
            }),
          ),
        ),
      }),
    ),
    import: t.optional(
      t.object({
        y: t.optional(t.text({ format: t.email })),
      }),
    ),
    contract: t.optional(t.text({ pattern: /^[\w\s"'`|\\]{1,3}$/u })),
    long_pattern: t.optional(
      t.text({
        pattern:
          /^(aaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbbbbb|cccccccccccccccccccccc|dddddddddddddddddddd)$/u,
      }),
    ),
    a_long_name_of_a_property_that_leaves_little_room_for_its_type: t.optional(
      t.text({ max: 1000, format: t.uri }),
    ),
    long_enum: t.optional(
      t.oneOf(
        "one-of-the-many-values",
        "another-of-the-values",
        "the-third-of-the-values",
        "the 'fourth' \"value\"",
        null,
        true,
        5,
      ),
      "the-third-of-the-values",
    ),
    long_default: t.optional(
      t.text(),
      "This default is text that is quite long, so long that the line it stands on cannot hold it.",
    ),
    uuids: t.optional(t.list(t.text({ format: t.uuid })), ["7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d"]),
    many_uuids: t.optional(t.list(t.text({ format: t.uuid })), [
      "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5d",
      "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5e",
      "7f3d2c1a-9b4e-4f6a-8c5d-0e1f2a3b4c5f",
    ]),
    nullable_list: t.optional(
      t.list(
        t.oneOf("one-of-the-many-values", "another-of-the-values", "the-third-of-the-values", null),
      ),
    ),
    only_null: t.optional(t.oneOf(null), null),
  }),
);

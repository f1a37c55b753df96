// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: 1fce6087a1fa6b8ca2b17e33048f3f7089509247eb826374e0217356e2349abb
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/**
 * Hand an order over to the warehouse, with every line of it and the address it goes to, and tell
 * the customer when it is on its way.
 */
export interface PlaceOrder {
  /** The order. */
  order_id: string;
  /** Who ordered. */
  customer: PlaceOrderCustomer;
  /** What was ordered. */
  lines: readonly PlaceOrderLinesItem[];
  placed_at: string;
  /** @default "2026-01-31" */
  deliver_on: string;
  /** @default false */
  express: boolean;
  /** @default null */
  channel: "web" | "shop" | null;
  /** @default 2 */
  priority: 1 | 2 | 3;
  /** @default "order" */
  kind: "order";
  notes?: readonly (readonly string[])[];
  tracking?: string;
  batch?: number;
}

/** PlaceOrder as it is given: what has a default may be left out. */
export interface PlaceOrderInput {
  /** The order. */
  order_id: string;
  /** Who ordered. */
  customer: PlaceOrderCustomer;
  /** What was ordered. */
  lines: readonly PlaceOrderLinesItemInput[];
  placed_at: string;
  /** @default "2026-01-31" */
  deliver_on?: string;
  /** @default false */
  express?: boolean;
  /** @default null */
  channel?: "web" | "shop" | null;
  /** @default 2 */
  priority?: 1 | 2 | 3;
  /** @default "order" */
  kind?: "order";
  notes?: readonly (readonly string[])[];
  tracking?: string;
  batch?: number;
}

/** Who ordered. */
export interface PlaceOrderCustomer {
  /** Where mail goes. Sensitive: never logged. */
  email: string;
  /** Sensitive: never logged. */
  name?: string;
  address?: PlaceOrderCustomerAddress;
}

/** A part of the payload. */
export interface PlaceOrderCustomerAddress {
  /** Sensitive: never logged. */
  street: string;
  country: string;
}

/** A part of the payload. */
export interface PlaceOrderLinesItem {
  sku: string;
  /** @default 1 */
  quantity: number;
  /** @default 0.25 */
  discount: number;
  /** @default ["gift"] */
  tags: readonly ("gift" | "fragile")[];
}

/** PlaceOrderLinesItem as it is given: what has a default may be left out. */
export interface PlaceOrderLinesItemInput {
  sku: string;
  /** @default 1 */
  quantity?: number;
  /** @default 0.25 */
  discount?: number;
  /** @default ["gift"] */
  tags?: readonly ("gift" | "fragile")[];
}

/**
 * Hand an order over to the warehouse, with every line of it and the address it goes to, and tell
 * the customer when it is on its way.
 */
export const placeOrder = defineJob<PlaceOrderInput, PlaceOrder>(
  "place-order",
  3,
  ["order_id"],
  t.object({
    order_id: t.text({ format: t.uuid }),
    customer: t.object({
      email: t.text({ format: t.email }),
      name: t.optional(t.text({ max: 80 })),
      address: t.optional(
        t.object({
          street: t.text({ min: 1, max: 120 }),
          country: t.text({ pattern: /^[A-Z]{2}$/u }),
        }),
      ),
    }),
    lines: t.list(
      t.object({
        sku: t.text({ min: 3 }),
        quantity: t.optional(t.integer({ min: 1, max: 999 }), 1),
        discount: t.optional(t.number({ min: 0, below: 1 }), 0.25),
        tags: t.optional(t.list(t.oneOf("gift", "fragile")), ["gift"]),
      }),
      { min: 1, max: 200 },
    ),
    placed_at: t.text({ format: t.dateTime }),
    deliver_on: t.optional(t.text({ format: t.date }), "2026-01-31"),
    express: t.optional(t.boolean, false),
    channel: t.optional(t.oneOf("web", "shop", null), null),
    priority: t.optional(t.oneOf(1, 2, 3), 2),
    kind: t.optional(t.oneOf("order"), "order"),
    notes: t.optional(t.list(t.list(t.text()))),
    tracking: t.optional(t.text({ max: 2000, format: t.uri })),
    batch: t.optional(t.multipleOf(10, t.integer({ above: 0 }))),
  }),
);

// DO NOT EDIT: generated from jobs.yaml. Regenerate: `make generate`.
// body-sha256: c271068a564572617b9c465941d4c3a3331e8d843ca37b9a72e36d0422189268
import { defineJob } from "../contract/job.js";
import * as t from "../contract/types.js";

/** Mail a receipt. */
export interface SendReceipt {
  order_id: string;
}

/** SendReceipt as it is given: nothing in it has a default. */
export type SendReceiptInput = SendReceipt;

/** Mail a receipt. */
export const sendReceipt = defineJob<SendReceipt>(
  "send-receipt",
  1,
  ["order_id"],
  t.object({
    order_id: t.text(),
  }),
);

variable "queue" {
  description = "Seconds a received message stays hidden (`visibility_timeout`; six times the timeout plus the batch window is AWS's advice), every new message waits before it can be received (`delay`), and a message is kept that nobody deletes (`message_retention`, `dead_letter_retention`; both count from the first send)."
  type = object({
    visibility_timeout    = optional(number, 180)
    delay                 = optional(number, 0)
    message_retention     = optional(number, 345600)
    dead_letter_retention = optional(number, 1209600)
  })
  default  = {}
  nullable = false
}

variable "polling" {
  description = "How messages reach the function: runs at once (`maximum_concurrency`), messages a run receives at most (`batch_size`), and seconds to wait for a fuller batch (`batch_window`)."
  type = object({
    maximum_concurrency = optional(number, 5)
    batch_size          = optional(number, 1)
    batch_window        = optional(number, 0)
  })
  default  = {}
  nullable = false
}

variable "retry" {
  description = "Attempts a message has before the worker makes it a dead letter (`max_attempts`), and the first and longest wait between two in seconds (`base`, `cap`); it doubles between."
  type = object({
    max_attempts = optional(number, 5)
    base         = optional(number, 10)
    cap          = optional(number, 900)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.retry.max_attempts >= 1 && var.retry.max_attempts <= 995
    error_message = "Set retry.max_attempts between 1 and 995: SQS counts 1000 receives, and five are kept for those that are no attempt."
  }
}

variable "idempotency" {
  description = "Seconds the record of done work is kept (`retention`), and what becomes of a message whose key was done before with other content (`on_conflict`): `tell` it and count it, or `park` it as well; and the name under which its work is on record (`record_name`), the first that the job had, or empty for its own."
  type = object({
    retention   = optional(number, 1555200)
    on_conflict = optional(string, "tell")
    record_name = optional(string, "")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.idempotency.retention >= var.queue.message_retention + var.queue.dead_letter_retention
    error_message = "Raise idempotency.retention to queue.message_retention + queue.dead_letter_retention or more: a message replayed late would find no record, and its effect would happen twice."
  }
}

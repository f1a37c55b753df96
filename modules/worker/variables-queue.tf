variable "queue" {
  description = "The queue the function works off, as the queue module's outputs say it, and its `visibility_timeout` and `message_retention` in seconds."
  type = object({
    name               = string
    arn                = string
    url                = string
    dead_letter_arn    = string
    dead_letter_url    = string
    visibility_timeout = number
    message_retention  = number
  })
  nullable = false
}

variable "polling" {
  description = "How messages reach the function: runs at once (`maximum_concurrency`), messages a run (`batch_size`), seconds to wait for a fuller batch (`batch_window`), and whether they do at all (`enabled`)."
  type = object({
    enabled             = optional(bool, true)
    maximum_concurrency = optional(number, 5)
    batch_size          = optional(number, 1)
    batch_window        = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.polling.maximum_concurrency >= 2 && var.polling.maximum_concurrency <= 1000
    error_message = "Set maximum_concurrency between 2 and 1000, the range AWS accepts for SQS."
  }

  validation {
    condition     = var.polling.batch_size >= 1 && var.polling.batch_size <= 10000
    error_message = "Set batch_size between 1 and 10000."
  }

  validation {
    condition     = var.polling.batch_window >= 0 && var.polling.batch_window <= 300
    error_message = "Set batch_window between 0 and 300 seconds."
  }

  validation {
    condition     = var.polling.batch_size <= 10 || var.polling.batch_window >= 1
    error_message = "Set batch_window to 1 second or more, or batch_size to 10 or less: AWS fills a larger batch only within a window."
  }
}

variable "retry" {
  description = "Attempts a message has (`max_attempts`), receives after which SQS moves it (`max_receives`), and the first and longest wait between two attempts in seconds (`base`, `cap`)."
  type        = object({ max_attempts = number, max_receives = number, base = number, cap = number })
  nullable    = false

  validation {
    condition     = var.retry.base >= 0 && var.retry.cap >= var.retry.base && var.retry.cap <= 900
    error_message = "Set retry.cap at or above retry.base and at most 900 seconds: the worker waits no longer."
  }
}

variable "idempotency" {
  description = "Seconds the record of done work is kept (`retention`), and what becomes of a message whose key was done before with other content (`on_conflict`): `tell` it and count it, or `park` it as well; and the name that begins the keys of its records (`record_name`), if it had another one first."
  type        = object({ retention = number, on_conflict = optional(string, "tell"), record_name = optional(string, "") })
  nullable    = false

  validation {
    condition     = var.idempotency.retention > 0
    error_message = "Set idempotency.retention above the retentions of queue and dead-letter queue together, so that a replayed message still finds its record."
  }

  validation {
    condition     = contains(["tell", "park"], var.idempotency.on_conflict)
    error_message = "Set idempotency.on_conflict to tell, or to park if such a message is worth a dead letter."
  }
}

variable "platform" {
  description = "The `context` output of the platform module."
  type = object({
    project              = string
    environment          = string
    table_name           = string
    table_arn            = string
    delayed              = object({ group = string, schedules_arn = string, role_arn = string })
    artifact_bucket      = string
    layer_arn            = string
    layer_runtime        = string
    layer_architecture   = string
    secret_arns          = map(string)
    variables            = map(string)
    permissions_boundary = optional(string)
  })
  nullable = false
}

variable "job" {
  description = "Name of the job; it prefixes the job's keys in the record table."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.job))
    error_message = "Use lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "function" {
  description = "The function: its `artifact` (S3 `key` of the zip and the base64 `sha256` of its content), `runtime`, `architecture`, `handler`, `timeout` (seconds), `memory_size` (MB) and `description`."
  type = object({
    artifact     = object({ key = string, sha256 = string })
    description  = string
    runtime      = string
    architecture = string
    handler      = string
    timeout      = number
    memory_size  = number
  })
  nullable = false

  validation {
    condition     = var.function.timeout >= 1 && var.function.timeout <= 900
    error_message = "Set timeout between 1 and 900 seconds; decompose work that lasts longer."
  }

  validation {
    condition     = var.function.memory_size >= 128 && var.function.memory_size <= 10240
    error_message = "Set memory_size between 128 and 10240 MB."
  }

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "Set architecture to arm64 or x86_64."
  }

  validation {
    condition     = length(var.function.handler) <= 128 && can(regex("^[^\\s]+\\.[^\\s.]+$", var.function.handler))
    error_message = "Give handler as module.function without spaces, 128 characters at most."
  }

  validation {
    condition     = length(var.function.description) <= 256
    error_message = "Shorten the description to 256 characters, which is what Lambda keeps."
  }
}

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

variable "record_retention" {
  description = "Seconds a job's idempotency record is kept."
  type        = number
  nullable    = false

  validation {
    condition     = var.record_retention > 0
    error_message = "Set record_retention above the retentions of queue and dead-letter queue together, so that a replayed message still finds its record."
  }
}

variable "on_conflict" {
  description = "What becomes of a message whose key was done before with other content: `tell` it and count it, or `park` it as well."
  type        = string
  default     = "tell"
  nullable    = false

  validation {
    condition     = contains(["tell", "park"], var.on_conflict)
    error_message = "Set on_conflict to tell, or to park if such a message is worth a dead letter."
  }
}
